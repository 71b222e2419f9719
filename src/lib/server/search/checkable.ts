import type { Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
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
  return [{ name: 'postgres', verify: (kind) => verify(db, { kinds: [kind], fix: true }) }];
}
