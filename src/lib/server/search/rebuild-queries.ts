import type { Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { EngineName } from '#lib/server/search/port.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** How far rebuilds have come, so that one that was cut off goes on where it was. */

type Db = Kysely<Database>;

export interface RebuildState {
  /** Everything that commits later has changes at or after it. */
  changeMark: string;
  /** Version of the lexicon that documents are read with. */
  lexicon: number;
  /** The last document that is in the new index, in the order of ids; empty: none. */
  afterId: string;
  documents: number;
}

const where = (engine: EngineName, kind: IndexKind) => ({ engine, kind });

/** A rebuild that was begun after `since` and neither finished nor given up. */
export async function unfinishedRebuild(
  db: Db,
  engine: EngineName,
  kind: IndexKind,
  since: Date,
): Promise<RebuildState | null> {
  const row = await db
    .selectFrom('search_rebuild')
    .select(['change_mark as changeMark', 'lexicon', 'after_id as afterId', 'documents'])
    .where('engine', '=', engine)
    .where('kind', '=', kind)
    .where('started_at', '>=', since)
    .executeTakeFirst();
  return row ?? null;
}

export async function beginRebuild(
  db: Db,
  engine: EngineName,
  kind: IndexKind,
  state: RebuildState,
): Promise<void> {
  await endRebuild(db, engine, kind);
  await db
    .insertInto('search_rebuild')
    .values({ ...where(engine, kind), change_mark: state.changeMark, lexicon: state.lexicon })
    .execute();
}

export async function noteRebuilt(
  db: Db,
  engine: EngineName,
  kind: IndexKind,
  to: { afterId: string; documents: number },
): Promise<void> {
  await db
    .updateTable('search_rebuild')
    .set({ after_id: to.afterId, documents: to.documents })
    .where('engine', '=', engine)
    .where('kind', '=', kind)
    .execute();
}

export async function endRebuild(db: Db, engine: EngineName, kind: IndexKind): Promise<void> {
  await db.deleteFrom('search_rebuild').where('engine', '=', engine).where('kind', '=', kind).execute();
}
