import { reckonList } from '#lib/server/match/list.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import { changesSince, type Change } from '#lib/server/match/repository.ts';
import { addRun } from '#lib/server/match/run-repository.ts';
import type { Db } from '#lib/server/match/company-repository.ts';
import {
  entryUnits,
  listsWith,
  lockLists,
  readMark,
  setMark,
  writeLists,
} from '#lib/server/match/stored-repository.ts';
import { openRun } from '#lib/server/match/run-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** More changed companies than this at once: going through everything takes less. */
const MANY_COMPANIES = 300;

/**
 * The job `match.update`: brings the stored lists that a change touches up to date, and no others. A list is touched
 * when its opportunity changed, when a changed company is in it, or when one would now come into it.
 */
export async function updateLists(ctx: Context): Promise<void> {
  await ctx.db.transaction().execute(async (db) => {
    await lockLists(db);
    const live = await matchIndexOf(ctx.db).fresh();
    const model = live.world.basis.model.id;
    const mark = await readMark(db);
    const day = koreanDay(ctx.now());
    // none stored yet, by another model, or restored from another server: a whole run makes them
    if (mark === null || mark.model !== model || Number(mark.xmin) > live.dataVersion) {
      await startUnlessOpen(db, model, day);
      return;
    }
    const { changes } = await changesSince(db, { xmin: mark.xmin, reference: '' });
    const companies = idsOf(changes, 'company');
    if (companies.length > MANY_COMPANIES) {
      await startUnlessOpen(db, model, day);
      return;
    }
    const touched = new Set([
      ...idsOf(changes, 'opportunity'),
      ...(companies.length === 0 ? [] : await listsWith(db, companies)),
      ...(await listsToEnter(ctx, db, live, companies)),
    ]);
    const now = ctx.now().getTime();
    const lists = [];
    const gone = [];
    for (const id of touched) {
      const opportunity = live.engine.openOpportunity(id, now);
      if (opportunity === null) gone.push(id);
      else lists.push(reckonList(live.engine, opportunity, day));
    }
    await writeLists(db, lists, gone, { model, dataVersion: live.dataVersion, day, quiet: false });
    await setMark(db, String(live.dataVersion), model);
  });
}

async function startUnlessOpen(db: Db, model: string, day: string): Promise<void> {
  if ((await openRun(db)) === null) await addRun(db, { model, day, startedBy: null });
}

/** Opportunities whose list a changed company would come into. */
async function listsToEnter(
  ctx: Context,
  db: Db,
  { engine }: LiveEngine,
  companies: readonly string[],
): Promise<string[]> {
  const now = ctx.now();
  const found: { id: string; units: number }[] = [];
  for (const id of companies) {
    const company = engine.company(id);
    if (company === null) continue;
    const { pairs } = engine.pairsOf(company, now.getTime(), koreanDay(now), 'all');
    for (const { need, match, gated, interest } of pairs)
      if (!gated && interest) found.push({ id: need.opportunity.id, units: match.units });
  }
  const least = await entryUnits(db, [...new Set(found.map(({ id }) => id))]);
  return found.filter(({ id, units }) => units >= (least.get(id) ?? -1)).map(({ id }) => id);
}

function idsOf(changes: readonly Change[], kind: Change['kind']): string[] {
  return [...new Set(changes.filter((change) => change.kind === kind).map(({ id }) => id))];
}
