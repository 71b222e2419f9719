import { COMPANY_SIZES } from '#lib/domain/company/company.ts';
import { COMPANY_FACETS, type CompanyFacet, type CompanyFilters } from '#lib/domain/company/listing.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import { provinceName } from '#lib/i18n/company.ts';
import { sortKo } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { nameIn, sizeWords } from '#lib/i18n/opportunity.ts';
import { shelfLabel } from '#lib/i18n/search-facets.ts';
import type { FacetGroup, FacetValue as Line } from '#lib/components/lists/facets.ts';
import { shelfSections, stageSections } from '#lib/components/lists/shelves.ts';

/** Names of what the filters of the list of companies hold. */
export interface FacetNames {
  minerals: ReadonlyMap<string, Names>;
  stages: ReadonlyMap<string, Names>;
  /** With the stage each stands in. */
  capabilities: ReadonlyMap<string, Names & { stage: string }>;
  countries: ReadonlyMap<string, Names>;
  certificates: ReadonlyMap<string, { name: string }>;
}

const labels: Record<CompanyFacet, Message> = {
  mineral: msg({ ko: '광물', en: 'Mineral' }),
  stage: msg({ ko: '단계', en: 'Stage' }),
  capability: msg({ ko: '역량', en: 'Capability' }),
  country: msg({ ko: '나라 경험', en: 'Country experience' }),
  certification: msg({ ko: '인증', en: 'Certificate' }),
  size: msg({ ko: '규모', en: 'Size' }),
  status: msg({ ko: '심사', en: 'Vetting' }),
  province: msg({ ko: '소재지', en: 'Province' }),
};

/** What is left when a filter goes: 모든 나라. */
export const allOfFacet: Record<CompanyFacet, Message> = {
  mineral: msg({ ko: '모든 광물', en: 'all minerals' }),
  stage: msg({ ko: '모든 단계', en: 'all stages' }),
  capability: msg({ ko: '모든 역량', en: 'all capabilities' }),
  country: msg({ ko: '나라 경험 관계없이', en: 'any country experience' }),
  certification: msg({ ko: '인증 관계없이', en: 'any certificate' }),
  size: msg({ ko: '모든 규모', en: 'all sizes' }),
  status: msg({ ko: '심사 관계없이', en: 'vetted or not' }),
  province: msg({ ko: '모든 소재지', en: 'all provinces' }),
};

const statuses: Record<string, Message> = {
  vetted: msg({ ko: '검증됨', en: 'Vetted' }),
  registered: msg({ ko: '심사 전', en: 'Not yet vetted' }),
  refused: msg({ ko: '심사 거절', en: 'Refused' }),
  suspended: msg({ ko: '참여 정지', en: 'Suspended' }),
};

/** A value of a filter in words; an unknown one stands for itself. */
export function facetValue(lang: Lang, facet: CompanyFacet, value: string, names: FacetNames): string {
  const shelf = shelfLabel(lang, value);
  if (shelf !== null) return shelf;
  const named = (map: ReadonlyMap<string, Names>) => {
    const found = map.get(value);
    return found === undefined ? value : nameIn(lang, found);
  };
  switch (facet) {
    case 'mineral':
      return named(names.minerals);
    case 'stage':
      return named(names.stages);
    case 'capability':
      return named(names.capabilities);
    case 'country':
      return named(names.countries);
    case 'certification':
      return names.certificates.get(value)?.name ?? value;
    case 'size': {
      const size = COMPANY_SIZES.find((one) => one === value);
      return size === undefined ? value : sizeWords[size](lang);
    }
    case 'status':
      return statuses[value]?.(lang) ?? value;
    case 'province':
      return provinceName(lang, value);
  }
}

/** The filters with their counts: the most frequent first, equals by name; stages and sizes in their own order. */
export function facetGroups(
  lang: Lang,
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
  filters: CompanyFilters,
  names: FacetNames,
): FacetGroup[] {
  return COMPANY_FACETS.map((facet) => {
    const chosen = filters[facet] ?? [];
    const counted = counts[facet] ?? {};
    const values = [...new Set([...Object.keys(counted), ...chosen])].map((value) => ({
      value,
      label: facetValue(lang, facet, value, names),
      count: counted[value] ?? 0,
      selected: chosen.includes(value),
    }));
    const ordered = inOrder(facet, values, names);
    return {
      ...{ key: facet, label: labels[facet](lang), values: ordered },
      sections: sectionsOf(lang, facet, ordered, names),
    };
  });
}

function sectionsOf(lang: Lang, facet: CompanyFacet, values: readonly Line[], names: FacetNames) {
  if (facet === 'mineral' || facet === 'country') return shelfSections(lang, facet, values);
  if (facet !== 'capability') return undefined;
  const stages = [...names.stages].map(([id, stage]) => ({ id, label: nameIn(lang, stage) }));
  return stageSections(lang, values, stages, (id) => names.capabilities.get(id)?.stage ?? null);
}

function inOrder<T extends { value: string; label: string; count: number }>(
  facet: CompanyFacet,
  values: T[],
  names: FacetNames,
): T[] {
  const fixed = facet === 'stage' ? [...names.stages.keys()] : facet === 'size' ? [...COMPANY_SIZES] : null;
  if (fixed !== null) return values.toSorted((a, b) => fixed.indexOf(a.value) - fixed.indexOf(b.value));
  return sortKo(values, (value) => value.label).sort((a, b) => b.count - a.count);
}
