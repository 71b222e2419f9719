import { sql, type Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { lexiconOf, type LexiconInEffect } from '#lib/server/search/lexicon-queries.ts';
import type { IndexState } from '#lib/server/search/segment-store.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What the database says before an answer: asked once, for all that depends on it. */
export interface Moment extends IndexState {
  /** Whether documents of the kind are still to be brought to the search server. */
  readonly waiting: boolean;
  readonly words: LexiconInEffect;
}

/** The state of a kind's index and what waits, in one statement: both as of one moment. */
export async function momentOf(db: Kysely<Database>, kind: IndexKind): Promise<Moment> {
  const [{ rows }, words] = await Promise.all([
    sql<IndexState & { waiting: boolean }>`
      select changes, segment, valid_from as "validFrom",
        exists (select from search_outbox o where o.kind = s.kind) as waiting
      from search_state s where s.kind = ${kind}`.execute(db),
    lexiconOf(db),
  ]);
  return { ...(rows[0] ?? { changes: 0, segment: null, validFrom: 0, waiting: true }), words };
}
