/** Why a person signed up; decides which organisation form comes first. */
export const INTENTS = ['company', 'lead', 'official'] as const;
export type Intent = (typeof INTENTS)[number];

/** Agencies whose officials work here: foreign affairs, industry, the mining agency. */
export const AGENCIES = ['mofa', 'motie', 'komir'] as const;
export type Agency = (typeof AGENCIES)[number];

export const MEMBER_ROLES = ['owner', 'editor', 'viewer'] as const;
export type MemberRoleInOrganisation = (typeof MEMBER_ROLES)[number];

/** registered: signed up, not vetted; vetted: until a date; refused and suspended: decided by two officials. */
export const STANDINGS = ['registered', 'vetted', 'refused', 'suspended'] as const;
export type Standing = (typeof STANDINGS)[number];

export const LINK_PURPOSES = [
  'verify-email',
  'reset-password',
  'change-email-old',
  'change-email-new',
] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];
