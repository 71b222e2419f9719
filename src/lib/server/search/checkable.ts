import type { Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { verify, type Drift } from '#lib/server/search/verify.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** An engine that can be compared with the tables and repaired. */
export interface CheckableEngine {
  readonly name: 'postgres' | 'meilisearch';
  /** Brings engine and tables together; answers what differed. */
  verify(kind: IndexKind): Promise<Drift[]>;
}

/** Every engine of this installation. */
export function checkableEngines(db: Kysely<Database>): CheckableEngine[] {
  const names = searchParts(db).meilisearch
    ? (['postgres', 'meilisearch'] as const)
    : (['postgres'] as const);
  return names.map((name) => ({
    name,
    verify: (kind) => verify(db, { engine: name, kinds: [kind], fix: true }),
  }));
}
