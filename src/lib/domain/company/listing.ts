/** Filters of the list of companies, in the order shown. Names as in addresses and in the interface for programs. */
export const COMPANY_FACETS = [
  'mineral',
  'stage',
  'capability',
  'country',
  'certification',
  'size',
  'status',
  'province',
] as const;
export type CompanyFacet = (typeof COMPANY_FACETS)[number];
export type CompanyFilters = Partial<Record<CompanyFacet, readonly string[]>>;

export const COMPANY_SORTS = ['relevance', 'name', 'newest'] as const;
export type CompanySort = (typeof COMPANY_SORTS)[number];
