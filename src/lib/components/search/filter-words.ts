import { COMPANY_FACETS } from '#lib/domain/company/listing.ts';
import { OPPORTUNITY_FACETS } from '#lib/domain/opportunity/listing.ts';
import { PROJECT_FILTERS } from '#lib/domain/project/listing.ts';
import type { SearchAsked } from '#lib/domain/search/saved.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { facetValue as companyValue } from '#lib/components/company/facets.ts';
import { facetValue as opportunityValue, type FacetNames } from '#lib/components/opportunity/facets.ts';
import { filterValue as projectValue } from '#lib/components/project/filter-words.ts';

/** Names of everything that searches can be filtered by. */
export type SearchNames = FacetNames;

/** One value of a filter in words, as the list it belongs to says it; an unknown one stands for itself. */
function valueIn(lang: Lang, kind: SearchAsked['kind'], name: string, value: string, names: SearchNames) {
  const project = kind === 'project' ? PROJECT_FILTERS.find((one) => one === name) : undefined;
  if (project) {
    const named = (map: SearchNames['minerals']) =>
      new Map([...map].map(([id, one]) => [id, { id, ...one }]));
    const known = { minerals: named(names.minerals), countries: named(names.countries) };
    return projectValue(lang, project, value, known);
  }
  const opportunity = kind === 'opportunity' ? OPPORTUNITY_FACETS.find((one) => one === name) : undefined;
  if (opportunity) return opportunityValue(lang, opportunity, value, names);
  const company = COMPANY_FACETS.find((one) => one === name);
  return company ? companyValue(lang, company, value, names) : value;
}

/** A search in words: ‘흑연’ · 탄자니아 · 모집 중. */
export function searchInWords(lang: Lang, { kind, q, filters }: SearchAsked, names: SearchNames): string {
  const quoted = q === '' ? [] : [lang === 'ko' ? `‘${q}’` : `“${q}”`];
  const values = Object.entries(filters).flatMap(([name, all]) =>
    all.map((value) => valueIn(lang, kind, name, value, names)),
  );
  return [...quoted, ...values].join(' · ');
}
