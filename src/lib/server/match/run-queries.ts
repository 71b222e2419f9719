import { isOfficial } from '#lib/domain/account/policy.ts';
import type { Db } from '#lib/server/match/company-repository.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { MatchRunState } from '#lib/server/match/tables.ts';

/** A whole run, for the ministry's page. */
export interface MatchRunView {
  id: string;
  state: MatchRunState;
  model: string;
  dataVersion: number | null;
  total: number;
  done: number;
  written: number;
  unchanged: number;
  removed: number;
  /** Who started it; null: the portal itself. */
  startedBy: string | null;
  error: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

const MOST_RUNS = 30;

/** The latest runs, and how many lists and pairs are stored. For officials; null for others. */
export async function matchRuns(
  ctx: Context,
): Promise<{ runs: MatchRunView[]; lists: number; pairs: number } | null> {
  if (!isOfficial(ctx.actor)) return null;
  const [rows, lists, pairs] = await Promise.all([
    ctx.db
      .selectFrom('match_run')
      .leftJoin('account', 'account.id', 'match_run.started_by')
      .selectAll('match_run')
      .select('account.name as starter')
      .orderBy('match_run.created_at', 'desc')
      .orderBy('match_run.id', 'desc')
      .limit(MOST_RUNS)
      .execute(),
    ctx.db
      .selectFrom('match_list')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
    ctx.db
      .selectFrom('match_result')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  ]);
  return {
    lists: lists.n,
    pairs: pairs.n,
    runs: rows.map((row) => ({
      ...{ id: row.id, state: row.state, model: row.model, dataVersion: row.data_version },
      ...{ total: row.total, done: row.done, written: row.written, unchanged: row.unchanged },
      ...{ removed: row.removed, startedBy: row.starter, error: row.error },
      ...{ createdAt: row.created_at, startedAt: row.started_at, endedAt: row.ended_at },
    })),
  };
}

/** The run that waits or is under way. */
export async function openRun(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('match_run')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  return row?.id ?? null;
}
