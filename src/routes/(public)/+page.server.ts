import { latestMilestones } from '#lib/server/insight/milestone-queries.ts';
import { mineralCards, referenceTotals } from '#lib/server/insight/mineral-queries.ts';
import { closingSoonest, opportunityCounts } from '#lib/server/opportunity/queries.ts';
import { projectTotals } from '#lib/server/project/queries.ts';
import type { OpportunityCard } from '#lib/domain/opportunity/view.ts';
import type { PageServerLoad } from './$types';

const SHOWN = 3;
/** Notices among which frequent combinations of mineral and country are looked for. */
const LOOKED_AT = 40;

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const [closing, counts, minerals, totals, projects, news] = await Promise.all([
    closingSoonest(ctx, LOOKED_AT),
    opportunityCounts(ctx),
    mineralCards(ctx),
    referenceTotals(ctx),
    projectTotals(ctx),
    latestMilestones(ctx, 4),
  ]);
  return {
    now: ctx.now(),
    closing: closing.slice(0, SHOWN),
    open: counts.open,
    quick: combinations(closing),
    minerals: minerals.filter((mineral) => mineral.strategic && !mineral.isGroup),
    totals,
    projects,
    news,
  };
};

/** The pairs of first mineral and country with most open notices. */
function combinations(cards: OpportunityCard[]) {
  const pairs = new Map<string, { card: OpportunityCard; n: number }>();
  for (const card of cards) {
    const mineral = card.minerals[0];
    if (!mineral) continue;
    const key = `${mineral.id} ${card.country.id}`;
    pairs.set(key, { card: pairs.get(key)?.card ?? card, n: (pairs.get(key)?.n ?? 0) + 1 });
  }
  return [...pairs.values()]
    .sort((a, b) => b.n - a.n)
    .slice(0, 3)
    .flatMap(({ card }) => {
      const mineral = card.minerals[0];
      return mineral ? [{ mineral, country: card.country }] : [];
    });
}
