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
  /** Whom a list of companies knows of; see `shownTo`. */
  shown?: Pick<SearchOptions, 'shownOnly' | 'without'>;
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
  const ranking = engine.companiesFor(need, { limit, scope: options.scope, ...options.shown, ...gating });
  const found = ranking.hits
    .map(({ item }) => item)
    .slice(whole ? options.offset : 0)
    .filter((company) => keep === null || keep(company));
  const withGroup = (company: MatchCompany) => ({
    company,
    group: groupOf(need, company, scorePair(need, company, gating)) ?? ('explore' as const),
  });
  const page = <T>(items: T[]) =>
    whole ? items : items.slice(options.offset, options.offset + options.limit);
  // which group a company is in is read for those on the page, unless one is asked for
  const all = group === null ? null : found.map(withGroup).filter((item) => item.group === group);
  return {
    counts: {
      considered: ranking.considered,
      excluded: ranking.excluded,
      total: whole ? ranking.total : (all ?? found).length,
    },
    items: all === null ? page(found).map(withGroup) : page(all),
  };
}

/** An opportunity as a company stands to it. */
interface Stand {
  opportunity: MatchOpportunity;
  gated: boolean;
  group: MatchGroup;
}

interface Stands {
  considered: number;
  passed: number;
  /** Most points first. */
  list: Stand[];
}

interface Kept extends Stands {
  /** Of which state of the index, on which day. */
  of: string;
  from: number;
  until: number;
}

/** Companies whose reckoning is kept: a page asks for its counts and its list, and the next page for the same. */
const MOST_KEPT = 200;
const KEPT = new WeakMap<MatchEngine, Map<string, Kept>>();

/** Every open opportunity that concerns a company and that it may know of, reckoned once for a state of the index. */
function standsOf(
  engine: MatchEngine,
  company: MatchCompany,
  now: number,
  today: string,
  scope: GroupedOptions<never>['scope'],
): Stands {
  const memo = KEPT.get(engine) ?? new Map<string, Kept>();
  KEPT.set(engine, memo);
  const of = [engine.version, engine.opportunityVersion, today, scope].join(' ');
  const known = memo.get(company.id);
  if (known?.of === of && known.from <= now && now <= known.until) return known;
  const { considered, passed, until, outlines } = engine.outlinesOf(company, now, today, scope, {
    knownOnly: true,
  });
  const list = outlines.flatMap(({ need, outline, gated, interest }): Stand[] => {
    const group = interest ? groupOf(need, company, outline) : null;
    return group === null ? [] : [{ opportunity: need.opportunity, gated, group }];
  });
  memo.delete(company.id);
  memo.set(company.id, { considered, passed, list, of, from: now, until });
  const [oldest] = memo.keys();
  if (memo.size > MOST_KEPT && oldest !== undefined) memo.delete(oldest);
  return { considered, passed, list };
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
  const { considered, passed, list } = standsOf(engine, company, now, today, options.scope);
  const groups: Record<MatchGroup, number> = { strong: 0, near: 0, explore: 0 };
  const items: { opportunity: MatchOpportunity; group: MatchGroup; later: Later | null }[] = [];
  for (const { opportunity, gated, group } of list) {
    if (options.keep?.(opportunity) === false) continue;
    groups[group] += 1;
    if (options.group === null ? !gated : group === options.group)
      items.push({ opportunity, group, later: options.later?.(opportunity) ?? null });
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
