import type { Facet, FacetValues } from '#lib/domain/search/document.ts';
import { OPPORTUNITY_TYPES } from '#lib/domain/opportunity/opportunity.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { nameIn, opportunityTypeWords, phaseWords } from '#lib/i18n/opportunity.ts';
import type { FacetGroup } from '#lib/components/lists/facets.ts';

/** Names of facet values, by id. */
export interface FacetNames {
  minerals: ReadonlyMap<string, Names>;
  countries: ReadonlyMap<string, Names>;
  stages: ReadonlyMap<string, Names>;
}

export const OPPORTUNITY_FACETS = [
  'mineral',
  'country',
  'type',
  'stage',
  'status',
] as const satisfies readonly Facet[];
export type OpportunityFacet = (typeof OPPORTUNITY_FACETS)[number];

export const opportunityFacetWords: Record<OpportunityFacet, Message> = {
  mineral: msg({ ko: '광물', en: 'Mineral' }),
  country: msg({ ko: '나라', en: 'Country' }),
  type: msg({ ko: '유형', en: 'Type' }),
  stage: msg({ ko: '가치사슬 단계', en: 'Value-chain stage' }),
  status: msg({ ko: '상태', en: 'Status' }),
};

/** The same without this filter, as a wider search says it. */
export const allOfFacet: Record<OpportunityFacet, Message> = {
  mineral: msg({ ko: '모든 광물', en: 'all minerals' }),
  country: msg({ ko: '모든 나라', en: 'all countries' }),
  type: msg({ ko: '모든 유형', en: 'all types' }),
  stage: msg({ ko: '모든 단계', en: 'all stages' }),
  status: msg({ ko: '마감된 기회 포함', en: 'closed ones included' }),
};

/** A value in words. */
export function facetValue(lang: Lang, facet: OpportunityFacet, value: string, names: FacetNames): string {
  const named = (map: ReadonlyMap<string, Names>) => {
    const found = map.get(value);
    return found === undefined ? value : nameIn(lang, found);
  };
  switch (facet) {
    case 'mineral':
      return named(names.minerals);
    case 'country':
      return named(names.countries);
    case 'stage':
      return named(names.stages);
    case 'type': {
      const type = OPPORTUNITY_TYPES.find((one) => one === value);
      return type === undefined ? value : opportunityTypeWords[type](lang);
    }
    case 'status':
      return value in phaseWords ? phaseWords[value as keyof typeof phaseWords].word(lang) : value;
  }
}

/** The filters with their counts, most frequent first. */
export function facetGroups(
  lang: Lang,
  counts: Record<Facet, Record<string, number>>,
  filters: FacetValues,
  names: FacetNames,
): FacetGroup[] {
  return OPPORTUNITY_FACETS.map((key) => {
    const chosen = filters[key] ?? [];
    const values = new Set([...Object.keys(counts[key]), ...chosen]);
    return {
      key,
      label: opportunityFacetWords[key](lang),
      values: [...values]
        .map((value) => ({
          value,
          label: facetValue(lang, key, value, names),
          count: counts[key][value] ?? 0,
          selected: chosen.includes(value),
        }))
        .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, 'ko')),
    };
  });
}
