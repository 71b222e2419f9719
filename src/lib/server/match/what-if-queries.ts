import { prepareNeed } from '#lib/domain/match/need.ts';
import type { MatchRequirement } from '#lib/domain/match/types.ts';
import type { FunnelStep } from '#lib/server/match/engine.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import { maySeeCompanies, shownTo } from '#lib/server/match/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** A line as it would be, by its name in explanations. */
export interface TriedLine {
  requirement: string;
  must: boolean;
  amount: number | null;
}

export interface WhatIf {
  saved: FunnelStep[];
  tried: FunnelStep[];
}

/**
 * How many of the companies that show themselves pass each gate of an opportunity, as it is saved and as it would be with other lines; nothing
 * is stored. Both are counted on one state of the index. Null for who may not see its companies.
 */
export async function whatIf(
  ctx: Context,
  opportunityId: string,
  lines: readonly TriedLine[],
): Promise<WhatIf | null> {
  const { engine, world } = await matchIndexOf(ctx.db).fresh();
  const entry = engine.opportunity(opportunityId);
  if (entry === null || !maySeeCompanies(ctx, entry)) return null;
  const tried = new Map(lines.map((line) => [line.requirement, line]));
  const shown = await shownTo(ctx);
  const funnel = (requirements: readonly MatchRequirement[]) => {
    const need = prepareNeed(
      { ...entry.opportunity, requirements: [...requirements] },
      world.basis,
      koreanDay(ctx.now()),
    );
    return engine.funnel(need, { inviting: true, ...shown });
  };
  return {
    saved: funnel(entry.opportunity.requirements),
    tried: funnel(entry.opportunity.requirements.map((line) => withTry(line, tried.get(line.id)))),
  };
}

function withTry(line: MatchRequirement, tried: TriedLine | undefined): MatchRequirement {
  if (tried === undefined) return line;
  return line.kind === 'capability' && line.amount !== null
    ? { ...line, must: tried.must, amount: tried.amount ?? line.amount }
    : { ...line, must: tried.must };
}
