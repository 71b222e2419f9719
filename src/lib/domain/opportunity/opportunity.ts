export const OPPORTUNITY_TYPES = [
  'offtake',
  'equity',
  'epc',
  'equipment',
  'technology',
  'services',
  'recycling-feed',
  'research',
  'oda',
] as const;
export type OpportunityType = (typeof OPPORTUNITY_TYPES)[number];

export const OPPORTUNITY_STATUSES = ['draft', 'submitted', 'published', 'closed', 'withdrawn'] as const;
export type OpportunityStatus = (typeof OPPORTUNITY_STATUSES)[number];

/** public: anyone; vetted: companies with valid vetting; invited: those the lead invited. */
export const VISIBILITIES = ['public', 'vetted', 'invited'] as const;
export type OpportunityVisibility = (typeof VISIBILITIES)[number];

export const REQUIREMENT_KINDS = [
  'capability',
  'certifications_any',
  'country_experience',
  'language',
  'min_size',
  'can_invest',
] as const;
export type RequirementKind = (typeof REQUIREMENT_KINDS)[number];
