import { groupOf, type MatchGroup } from '#lib/domain/match/group.ts';
import type { Need } from '#lib/domain/match/need.ts';
import { scorePair } from '#lib/domain/match/score.ts';
import type { Later } from '#lib/domain/match/tuning.ts';
import type { MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';
import type { MatchEngine, SearchOptions } from '#lib/server/match/engine.ts';

/** Lists for people: the engine's ranking, with the group of each match and filters by group. */

export interface GroupedOptions<T> {
  limit: number;
  offset: number;
  /** null: all groups that the gates let through. */
  group: MatchGroup | null;
  scope: NonNullable<SearchOptions['scope']>;
  inviting?: boolean;
  /** null: everything. */
  keep: ((item: T) => boolean) | null;
  /** What comes after the rest of the list, in the same order among itself. */
  later?: (item: T) => Later | null;
}

interface Counts {
  considered: number;
  excluded: number;
  total: number;
}

/** Matches looked at for one list: beyond these nobody pages. */
const DEEPEST = 1000;

/** Companies that the gates let through, each with its group. */
export function companiesWithNear(
  engine: MatchEngine,
  need: Need,
  options: GroupedOptions<MatchCompany>,
): { counts: Counts; items: { company: MatchCompany; group: MatchGroup }[] } {
  const gating = options.inviting === undefined ? {} : { inviting: options.inviting };
  const { keep, group } = options;
  // without a filter the page is a stretch of the ranking itself
  const whole = keep === null && group === null;
  const limit = whole ? Math.min(DEEPEST, options.offset + options.limit) : DEEPEST;
  const ranking = engine.companiesFor(need, { limit, scope: options.scope, ...gating });
  const grouped = ranking.hits
    .map(({ item }) => item)
    .slice(whole ? options.offset : 0)
    .filter((company) => keep === null || keep(company))
    .map((company) => ({
      company,
      group: groupOf(need, company, scorePair(need, company, gating)) ?? 'explore',
    }))
    .filter((item) => group === null || item.group === group);
  return {
    counts: {
      considered: ranking.considered,
      excluded: ranking.excluded,
      total: whole ? ranking.total : grouped.length,
    },
    items: whole ? grouped : grouped.slice(options.offset, options.offset + options.limit),
  };
}

/** Open opportunities for a company; `near` holds those too that a single gate shuts it out of. */
export function nearOpportunities(
  engine: MatchEngine,
  company: MatchCompany,
  now: number,
  today: string,
  options: GroupedOptions<MatchOpportunity>,
): {
  counts: Counts;
  groups: Record<MatchGroup, number>;
  items: { opportunity: MatchOpportunity; group: MatchGroup; later: Later | null }[];
} {
  const { considered, passed, pairs } = engine.pairsOf(company, now, today, options.scope);
  const groups: Record<MatchGroup, number> = { strong: 0, near: 0, explore: 0 };
  const items: { opportunity: MatchOpportunity; group: MatchGroup; later: Later | null }[] = [];
  for (const { need, match, gated, interest } of pairs) {
    if (!interest || options.keep?.(need.opportunity) === false) continue;
    const group = groupOf(need, company, match);
    if (group === null) continue;
    groups[group] += 1;
    if (options.group === null ? !gated : group === options.group)
      items.push({
        opportunity: need.opportunity,
        group,
        later: options.later?.(need.opportunity) ?? null,
      });
  }
  const tuned = [
    ...items.filter(({ later }) => later === null),
    ...items.filter(({ later }) => later !== null),
  ];
  return {
    counts: { considered, excluded: considered - passed, total: items.length },
    groups,
    items: tuned.slice(options.offset, options.offset + options.limit),
  };
}
