import { explain, type Explanation } from '#lib/domain/match/explain.ts';
import { groupOf } from '#lib/domain/match/group.ts';
import { scorePair, toPoints } from '#lib/domain/match/score.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import type { FoundPair } from '#lib/server/match/alert-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface StrongPair extends FoundPair {
  /** 0–1 */
  score: number;
  /** The parts that count most, in sentences of the context's language. */
  why: string;
}

/** Parts that a line of a mail has room for. */
const MOST_PARTS = 2;

/** Of some pairs those that are strong at this moment, in a notice that is open, in the order given. */
export async function strongAmong(ctx: Context, pairs: readonly FoundPair[]): Promise<StrongPair[]> {
  const { engine, world } = await matchIndexOf(ctx.db).fresh();
  const now = ctx.now();
  return pairs.flatMap(({ opportunityId, companyId }) => {
    const entry = engine.opportunity(opportunityId);
    const company = engine.company(companyId);
    const need = engine.need(opportunityId, koreanDay(now));
    if (entry === null || company === null || need === null || !entry.opportunity.open) return [];
    if (entry.deadlineAt !== null && entry.deadlineAt <= now.getTime()) return [];
    const match = scorePair(need, company);
    if (groupOf(need, company, match) !== 'strong') return [];
    const why = whyLine(explain(match, [], need, company, world.names, ctx.lang));
    return [{ opportunityId, companyId, score: toPoints(match.units), why }];
  });
}

function whyLine({ parts }: Explanation): string {
  const best = parts.filter(({ points }) => points > 0).toSorted((a, b) => b.points - a.points);
  return [...new Set(best.map(({ sentence }) => sentence))].slice(0, MOST_PARTS).join(' ');
}
