import type { Db } from '#lib/server/match/company-repository.ts';
import { reckonList } from '#lib/server/match/list.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import { MatchPool } from '#lib/server/match/pool.ts';
import { addRun, changeRun, isFirstUnder, runById, type MatchRun } from '#lib/server/match/run-repository.ts';
import {
  deleteOldMatchChanges,
  listsBeyond,
  lockLists,
  readMark,
  setMark,
  writeLists,
} from '#lib/server/match/stored-repository.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addJob } from '#lib/server/platform/job-queue.ts';

/** Opportunities a batch: its transaction takes a second or two, and a run that is broken off loses no more. */
const BATCH = 500;
/** Fewer pairs than this are not worth threads. */
const FEW = 2_000_000;
const MOST_ERROR_LETTERS = 500;

/** How far a run is. */
export interface RunProgress {
  state: 'running' | 'done';
  done: number;
  total: number;
  written: number;
  unchanged: number;
  removed: number;
}

/** The job `match.night`: everything is gone through, for what the day itself changes and for what was missed. */
export async function runNightly(ctx: Context): Promise<void> {
  await deleteOldMatchChanges(ctx.db, ctx.now());
  await startRun(ctx);
}

/** A run of the portal itself; nothing when one is open. */
export async function startRun(ctx: Context): Promise<void> {
  const { world } = await matchIndexOf(ctx.db).fresh();
  const day = koreanDay(ctx.now());
  await ctx.db
    .transaction()
    .execute((db) => addRun(db, { model: world.basis.model.id, day, startedBy: null }));
}

/**
 * The job `match.run`: batch by batch, each in a transaction of its own that also moves the run on, so that it goes
 * on behind the last batch whoever is stopped. What goes wrong is kept on the run, for people to see.
 */
export async function runAll(
  ctx: Context,
  { run }: { run: string },
  goOn: (at: RunProgress) => boolean = () => true,
): Promise<RunProgress | null> {
  let pool: MatchPool | null = null;
  const threads = (live: LiveEngine): MatchPool | null => {
    if (live.engine.companyCount * live.engine.opportunityCount < FEW) return null;
    return (pool ??= new MatchPool());
  };
  try {
    for (let last: RunProgress | null = null; ;) {
      const at = await runBatch(ctx, run, threads);
      if (at === null) return last;
      last = at;
      if (at.state === 'done' || !goOn(at)) return at;
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    await changeRun(ctx.db, run, {
      state: 'failed',
      error: said.slice(0, MOST_ERROR_LETTERS),
      ended_at: ctx.now(),
    });
    throw error;
  } finally {
    await (pool as MatchPool | null)?.close();
  }
}

/** One batch; null when there is nothing left to do, or the run was stopped. */
async function runBatch(
  ctx: Context,
  id: string,
  threads: (live: LiveEngine) => MatchPool | null,
): Promise<RunProgress | null> {
  return ctx.db.transaction().execute(async (db) => {
    await lockLists(db);
    const found = await runById(db, id);
    // failed: the job is tried again
    if (found === null || found.state === 'stopped' || found.state === 'done') return null;
    const live = await matchIndexOf(ctx.db).fresh();
    const run = await underModel(db, found, live.world.basis.model.id);
    const now = ctx.now();
    const open = live.engine.openOpportunities(now.getTime());
    const left = open.filter(({ id: opportunity }) => opportunity > (run.last_opportunity ?? ''));
    const batch = left.slice(0, BATCH);
    const dataVersion = run.data_version ?? live.dataVersion;
    const reckoning = {
      model: live.world.basis.model.id,
      dataVersion: live.dataVersion,
      day: koreanDay(now),
      quiet: run.quiet,
    };
    const pool = threads(live);
    pool?.load(live.engine);
    const lists =
      pool === null
        ? batch.map((opportunity) => reckonList(live.engine, opportunity, reckoning.day))
        : await pool.lists(batch, reckoning.day);
    const over = batch.length === left.length;
    const gone = over ? await listsBeyond(db, new Set(open.map((opportunity) => opportunity.id))) : [];
    const { written, unchanged, removed } = await writeLists(db, lists, gone, reckoning);
    const done = run.done + batch.length;
    const at: RunProgress = {
      ...{ state: over ? 'done' : 'running', done, total: done + left.length - batch.length },
      ...{ written: run.written + written, unchanged: run.unchanged + unchanged },
      removed: run.removed + removed,
    };
    await changeRun(db, id, {
      ...at,
      ...{ model: reckoning.model, quiet: run.quiet, error: null, data_version: dataVersion },
      last_opportunity: batch.at(-1)?.id ?? run.last_opportunity,
      ...{ started_at: run.started_at ?? now, beat_at: now, ended_at: over ? now : null },
    });
    if (over) await followFrom(db, dataVersion, live.dataVersion, reckoning.model);
    return at;
  });
}

/** A run whose model was switched under way begins anew: its lists must all be of one model. */
async function underModel(db: Db, run: MatchRun, model: string): Promise<MatchRun> {
  if (run.model === model) return run;
  const counted = { done: 0, written: 0, unchanged: 0, removed: 0 };
  return {
    ...{ ...run, ...counted, model, last_opportunity: null, data_version: null },
    quiet: await isFirstUnder(db, model),
  };
}

/** From a whole run on, changes are followed one by one; those made while it went on are looked at once more. */
async function followFrom(db: Db, xmin: number, now: number, model: string): Promise<void> {
  const mark = await readMark(db);
  // a mark of the future is of another server, from whose backup this database was made
  const holds =
    mark !== null && mark.model === model && Number(mark.xmin) >= xmin && Number(mark.xmin) <= now;
  if (!holds) await setMark(db, String(xmin), model);
  await addJob(db, 'match.update', {}, { key: 'match.update' });
}
