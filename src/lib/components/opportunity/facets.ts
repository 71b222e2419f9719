import { DEADLINE_RANGES } from '#lib/domain/search/deadline.ts';
import { OPPORTUNITY_FACETS, type OpportunityFacet } from '#lib/domain/opportunity/listing.ts';
import { OPPORTUNITY_TYPES } from '#lib/domain/opportunity/opportunity.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { nameIn, opportunityTypeWords, phaseWords } from '#lib/i18n/opportunity.ts';
import { deadlineWords, shelfLabel } from '#lib/i18n/search-facets.ts';
import type { FacetGroup, FacetValue as Line } from '#lib/components/lists/facets.ts';
import { shelfSections, stageSections } from '#lib/components/lists/shelves.ts';

/** Names of facet values, by id. */
export interface FacetNames {
  minerals: ReadonlyMap<string, Names>;
  countries: ReadonlyMap<string, Names>;
  stages: ReadonlyMap<string, Names>;
  /** With the stage each stands in. */
  capabilities: ReadonlyMap<string, Names & { stage: string }>;
  certificates: ReadonlyMap<string, { name: string }>;
}

export const opportunityFacetWords: Record<OpportunityFacet, Message> = {
  mineral: msg({ ko: '광물', en: 'Mineral' }),
  country: msg({ ko: '나라', en: 'Country' }),
  type: msg({ ko: '유형', en: 'Type' }),
  stage: msg({ ko: '가치사슬 단계', en: 'Value-chain stage' }),
  status: msg({ ko: '상태', en: 'Status' }),
  deadline: msg({ ko: '마감', en: 'Deadline' }),
  capability: msg({ ko: '찾는 역량', en: 'Capability sought' }),
  certification: msg({ ko: '요구 인증', en: 'Certificate asked for' }),
};

/** The same without this filter, as a wider search says it. */
export const allOfFacet: Record<OpportunityFacet, Message> = {
  mineral: msg({ ko: '모든 광물', en: 'all minerals' }),
  country: msg({ ko: '모든 나라', en: 'all countries' }),
  type: msg({ ko: '모든 유형', en: 'all types' }),
  stage: msg({ ko: '모든 단계', en: 'all stages' }),
  status: msg({ ko: '마감된 기회 포함', en: 'closed ones included' }),
  deadline: msg({ ko: '마감 관계없이', en: 'any deadline' }),
  capability: msg({ ko: '모든 역량', en: 'all capabilities' }),
  certification: msg({ ko: '인증 관계없이', en: 'any certificate' }),
};

/** A value in words. */
export function facetValue(lang: Lang, facet: OpportunityFacet, value: string, names: FacetNames): string {
  const shelf = shelfLabel(lang, value);
  if (shelf !== null) return shelf;
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
    case 'capability':
      return named(names.capabilities);
    case 'certification':
      return names.certificates.get(value)?.name ?? value;
    case 'deadline': {
      const range = DEADLINE_RANGES.find((one) => one === value);
      return range === undefined ? value : deadlineWords[range](lang);
    }
    case 'type': {
      const type = OPPORTUNITY_TYPES.find((one) => one === value);
      return type === undefined ? value : opportunityTypeWords[type](lang);
    }
    case 'status':
      return value in phaseWords ? phaseWords[value as keyof typeof phaseWords].word(lang) : value;
  }
}

/** The filters with their counts: most frequent first; stages and deadlines in their own order. */
export function facetGroups(
  lang: Lang,
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
  filters: Readonly<Partial<Record<OpportunityFacet, readonly string[]>>>,
  names: FacetNames,
): FacetGroup[] {
  return OPPORTUNITY_FACETS.map((key) => {
    const chosen = filters[key] ?? [];
    const counted = counts[key] ?? {};
    const values = [...new Set([...Object.keys(counted), ...chosen])].map((value) => ({
      value,
      label: facetValue(lang, key, value, names),
      count: counted[value] ?? 0,
      selected: chosen.includes(value),
    }));
    const ordered = inOrder(key, values, names);
    return {
      ...{ key, label: opportunityFacetWords[key](lang), values: ordered },
      sections: sectionsOf(lang, key, ordered, names),
    };
  });
}

function inOrder(facet: OpportunityFacet, values: readonly Line[], names: FacetNames): Line[] {
  const orders: Partial<Record<OpportunityFacet, readonly string[]>> = {
    deadline: DEADLINE_RANGES,
    stage: [...names.stages.keys()],
  };
  const fixed = orders[facet];
  if (fixed) return values.toSorted((a, b) => fixed.indexOf(a.value) - fixed.indexOf(b.value));
  return values.toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label, 'ko'));
}

function sectionsOf(lang: Lang, facet: OpportunityFacet, values: readonly Line[], names: FacetNames) {
  if (facet === 'mineral' || facet === 'country') return shelfSections(lang, facet, values);
  if (facet !== 'capability') return undefined;
  const stages = [...names.stages].map(([id, stage]) => ({ id, label: nameIn(lang, stage) }));
  return stageSections(lang, values, stages, (id) => names.capabilities.get(id)?.stage ?? null);
}
