import { MSP_STAGES, MSP_STATUSES, PROJECT_PHASES } from '#lib/domain/project/project.ts';
import { withShelves } from '#lib/domain/search/groups.ts';
import type { ProjectCard } from '#lib/domain/project/view.ts';

/** `found` keeps the order in which the cards come: the best hit of a search first. */
export const PROJECT_SORTS = ['found', 'name', 'phase', 'country'] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];

/** Names of the filters as they stand in the address. */
export const PROJECT_FILTERS = ['mineral', 'stage', 'phase', 'country', 'msp', 'korean'] as const;
export type ProjectFilterName = (typeof PROJECT_FILTERS)[number];

export type ProjectFilters = Record<ProjectFilterName, string[]>;

/** The values of a project under each filter. Whether a Korean company takes part is `yes` or `no`. */
const VALUES: Record<ProjectFilterName, (card: ProjectCard) => readonly string[]> = {
  mineral: (card) =>
    withShelves(
      'mineral',
      card.minerals.map((mineral) => mineral.id),
    ),
  stage: (card) => card.stages,
  phase: (card) => [card.phase],
  country: (card) => withShelves('country', [card.country.id]),
  msp: (card) => [card.msp],
  korean: (card) => [card.korean.en.length > 0 ? 'yes' : 'no'],
};

/** The filters of an address; values that cannot be are left out, any mineral or country is tried. */
export function projectFilters(query: URLSearchParams): ProjectFilters {
  const allowed: Partial<Record<ProjectFilterName, readonly string[]>> = {
    stage: MSP_STAGES,
    phase: PROJECT_PHASES,
    msp: MSP_STATUSES,
    korean: ['yes', 'no'],
  };
  const read = (name: ProjectFilterName) =>
    [...new Set(query.getAll(name))].filter((value) => allowed[name]?.includes(value) ?? value !== '');
  return {
    mineral: read('mineral'),
    stage: read('stage'),
    phase: read('phase'),
    country: read('country'),
    msp: read('msp'),
    korean: read('korean'),
  };
}

export interface ProjectListing {
  matches: ProjectCard[];
  /** how many each value would leave, the other filters in force */
  counts: Record<ProjectFilterName, Map<string, number>>;
}

/** Values of one filter mean any of them, several filters mean all of them. */
export function listProjects(
  cards: readonly ProjectCard[],
  filters: ProjectFilters,
  sort: ProjectSort,
  nameOf: (names: { ko: string; en: string }) => string,
): ProjectListing {
  const passes = (card: ProjectCard, except?: ProjectFilterName) =>
    PROJECT_FILTERS.every(
      (name) =>
        name === except ||
        filters[name].length === 0 ||
        VALUES[name](card).some((value) => filters[name].includes(value)),
    );
  const count = (name: ProjectFilterName) => {
    const counts = new Map<string, number>();
    for (const card of cards) {
      if (!passes(card, name)) continue;
      for (const value of VALUES[name](card)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  };
  const byName = (a: ProjectCard, b: ProjectCard) => COLLATOR.compare(nameOf(a.name), nameOf(b.name));
  const orders: Record<ProjectSort, (a: ProjectCard, b: ProjectCard) => number> = {
    found: () => 0,
    name: byName,
    phase: (a, b) => PROJECT_PHASES.indexOf(a.phase) - PROJECT_PHASES.indexOf(b.phase) || byName(a, b),
    country: (a, b) => COLLATOR.compare(nameOf(a.country), nameOf(b.country)) || byName(a, b),
  };
  return {
    matches: cards.filter((card) => passes(card)).sort(orders[sort]),
    counts: {
      mineral: count('mineral'),
      stage: count('stage'),
      phase: count('phase'),
      country: count('country'),
      msp: count('msp'),
      korean: count('korean'),
    },
  };
}

const COLLATOR = new Intl.Collator('ko', { numeric: true });
