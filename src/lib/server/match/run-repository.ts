import type { Selectable } from 'kysely';
import { addJob } from '#lib/server/platform/job-queue.ts';
import type { Db } from '#lib/server/match/company-repository.ts';
import type { MatchRunTable } from '#lib/server/match/tables.ts';

/** Whole runs over all opportunities, as rows. */

export type MatchRun = Selectable<MatchRunTable>;

/** Whether no run under a model has come to its end: nobody is told yet of what is strong under it. */
export async function isFirstUnder(db: Db, model: string): Promise<boolean> {
  const earlier = await db
    .selectFrom('match_run')
    .select('id')
    .where('state', '=', 'done')
    .where('model', '=', model)
    .limit(1)
    .executeTakeFirst();
  return earlier === undefined;
}

/** Makes a run that waits for its job, unless one is waiting or under way already; its id, or null. */
export async function addRun(
  db: Db,
  run: { model: string; day: string; startedBy: string | null },
): Promise<string | null> {
  const quiet = await isFirstUnder(db, run.model);
  const added = await db
    .insertInto('match_run')
    .values({ model: run.model, day: run.day, started_by: run.startedBy, quiet })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return null;
  await addJob(db, 'match.run', { run: added.id }, { key: `match.run:${added.id}` });
  return added.id;
}

export async function runById(db: Db, id: string): Promise<MatchRun | null> {
  return (
    (await db.selectFrom('match_run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
  );
}

export async function changeRun(
  db: Db,
  id: string,
  values: Partial<Omit<MatchRun, 'id' | 'created_at'>>,
): Promise<void> {
  await db.updateTable('match_run').set(values).where('id', '=', id).execute();
}
