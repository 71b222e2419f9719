import { exampleCompany, exampleOpportunity } from '#lib/domain/match/example.ts';
import { explain, type Explanation } from '#lib/domain/match/explain.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { raisesOf } from '#lib/domain/match/raise.ts';
import { scorePair } from '#lib/domain/match/score.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The worked example of the rules, reckoned by the model and the relations in use. */
export async function workedExample(ctx: Context): Promise<Explanation> {
  const { world } = await matchIndexOf(ctx.db).fresh();
  const today = koreanDay(ctx.now());
  const need = prepareNeed(exampleOpportunity(today), world.basis, today);
  const company = exampleCompany(today);
  return explain(scorePair(need, company), raisesOf(need, company), need, company, world.names, ctx.lang);
}
