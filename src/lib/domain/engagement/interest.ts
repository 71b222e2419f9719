export const INTEREST_STATUSES = ['sent', 'opened', 'shortlisted', 'accepted', 'declined', 'withdrawn'] as const;
export type InterestStatus = (typeof INTEREST_STATUSES)[number];

export const INTEREST_EVENT_KINDS = [...INTEREST_STATUSES, 'company-suspended', 'company-restored'] as const;
export type InterestEventKind = (typeof INTEREST_EVENT_KINDS)[number];

export type InterestSide = 'company' | 'lead' | 'ministry';
