export const CASE_KINDS = ['first', 'renewal', 'change', 'suspension', 'restoration'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** waiting: the company owes an answer, the clock stands still (보완 요청). */
export const CASE_STATUSES = [
  'submitted',
  'reviewing',
  'waiting',
  'proposed',
  'decided',
  'withdrawn',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const FINDINGS = ['met', 'not-met', 'not-applicable'] as const;
export type Finding = (typeof FINDINGS)[number];

export const OUTCOMES = ['vetted', 'refused', 'suspended', 'restored'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether a name found on a restricted list is this organisation. */
export const SCREENING_OUTCOMES = ['confirmed', 'cleared'] as const;
export type ScreeningOutcome = (typeof SCREENING_OUTCOMES)[number];
