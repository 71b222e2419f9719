import type { CountryCard } from '#lib/domain/insight/view.ts';

export const COUNTRY_SORTS = ['name', 'projects', 'minerals'] as const;
export type CountrySort = (typeof COUNTRY_SORTS)[number];

export const COUNTRY_FILTERS = ['region', 'with'] as const;
export type CountryFilterName = (typeof COUNTRY_FILTERS)[number];
export type CountryFilters = Record<CountryFilterName, string[]>;

/** What a country may have: projects here, production figures, a seat in the MSP or its Forum. */
export const COUNTRY_HAS = ['projects', 'production', 'msp', 'msp-forum'] as const;
const HAS: Record<(typeof COUNTRY_HAS)[number], (card: CountryCard) => boolean> = {
  projects: (card) => card.projects > 0,
  production: (card) => card.minerals > 0,
  msp: (card) => card.mspMember,
  'msp-forum': (card) => card.mspForum,
};

const has = (card: CountryCard) => COUNTRY_HAS.filter((one) => HAS[one](card));

export interface CountryListing {
  matches: CountryCard[];
  counts: Record<CountryFilterName, Map<string, number>>;
}

/** Countries of any chosen region that have everything chosen. */
export function listCountries(
  cards: readonly CountryCard[],
  filters: CountryFilters,
  sort: CountrySort,
  nameOf: (card: CountryCard) => string,
): CountryListing {
  const inRegion = (card: CountryCard) => filters.region.length === 0 || filters.region.includes(card.region);
  const hasAll = (card: CountryCard) => filters.with.every((one) => has(card).some((own) => own === one));
  const matches = cards.filter((card) => inRegion(card) && hasAll(card));
  const counts = {
    region: count(cards.filter(hasAll), (card) => [card.region]),
    with: count(matches, has),
  };
  const byName = (a: CountryCard, b: CountryCard) => COLLATOR.compare(nameOf(a), nameOf(b));
  matches.sort((a, b) => (sort === 'name' ? 0 : b[sort] - a[sort]) || byName(a, b));
  return { matches, counts };
}

function count<T>(things: readonly T[], labels: (thing: T) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of things.flatMap(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

const COLLATOR = new Intl.Collator('ko');
