import { gatesOf, type GateRule } from '#lib/domain/match/gates.ts';
import { prepareNeed, type Need } from '#lib/domain/match/need.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import { loadWorld } from '#lib/server/match/basis.ts';
import { companiesByIds, type Db } from '#lib/server/match/company-repository.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import { readOpportunities } from '#lib/server/match/opportunity-repository.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** What a company covers of an opportunity, by itself. */
export interface LineCover {
  id: string;
  /** Must lines it passes, by their ids in explanations, in the order of the notice. */
  lines: string[];
  /** Rules that shut it out whatever the lines: of its state, its vetting, its own exclusions. */
  shut: GateRule[];
}

export interface LineCovers {
  /** All must lines, in the order of the notice. */
  lines: string[];
  /** In the order of the ids; who is no published supplier is left out. */
  covers: LineCover[];
}

/**
 * What companies cover, read in the transaction of whoever decides on it; null when there is no such notice.
 * Reads the reference data as well: for commands, not for lists.
 */
export async function lineCoversWithin(
  db: Db,
  opportunityId: string,
  ids: readonly string[],
  now: Date,
): Promise<LineCovers | null> {
  const world = await loadWorld(db);
  const [entry] = await readOpportunities(db, [opportunityId], world.lexicon);
  if (entry === undefined) return null;
  const need = prepareNeed(entry.opportunity, world.basis, koreanDay(now));
  const rows = await companiesByIds(db, ids, world.lexicon);
  const byId = new Map(rows.map(({ company }) => [company.id, company]));
  return coversOf(
    need,
    ids.flatMap((id) => byId.get(id) ?? []),
  );
}

/** The same for pages, from the index. Not filtered by who asks: the caller knows whom it may name. */
export async function lineCovers(
  ctx: Context,
  opportunityId: string,
  ids: readonly string[],
): Promise<LineCovers | null> {
  const { engine } = await matchIndexOf(ctx.db).fresh();
  const need = engine.need(opportunityId, koreanDay(ctx.now()));
  if (need === null) return null;
  return coversOf(
    need,
    ids.flatMap((id) => engine.company(id) ?? []),
  );
}

function coversOf(need: Need, companies: readonly MatchCompany[]): LineCovers {
  return {
    lines: mustLines(need),
    covers: companies.map((company) => {
      const gates = gatesOf(need, company);
      return {
        id: company.id,
        lines: mustLines(need).filter((line) =>
          gates.some(({ requirement, passed }) => passed && requirement === line),
        ),
        shut: gates.flatMap(({ requirement, passed, rule }) =>
          requirement === null && !passed ? [rule] : [],
        ),
      };
    }),
  };
}

/** Ids of the must lines, in the order of the notice. */
export function mustLines(need: Need): string[] {
  return need.opportunity.requirements.filter(({ must }) => must).map(({ id }) => id);
}
