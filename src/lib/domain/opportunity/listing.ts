/** Filters of the list of opportunities, in the order shown. Names as in addresses and in the interface for programs. */
export const OPPORTUNITY_FACETS = [
  'mineral',
  'country',
  'deadline',
  'type',
  'stage',
  'capability',
  'certification',
  'status',
] as const;
export type OpportunityFacet = (typeof OPPORTUNITY_FACETS)[number];

export const OPPORTUNITY_SORTS = ['relevance', 'deadline', 'newest', 'name'] as const;
