import type { CaseKind, CaseStatus } from '#lib/domain/vetting/vetting.ts';

/**
 * What can be done to a case. `resume` follows the last open information request being answered or taken back;
 * the clock stands still exactly while a case is `waiting`.
 */
export const CASE_ACTIONS = [
  'take',
  'record-finding',
  'request',
  'resume',
  'propose',
  'return',
  'confirm',
  'withdraw',
] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

/** Every pair of status and action that is allowed; all others are refused. */
const NEXT: Record<CaseStatus, Partial<Record<CaseAction, CaseStatus>>> = {
  submitted: { take: 'reviewing', withdraw: 'withdrawn' },
  reviewing: {
    take: 'reviewing',
    'record-finding': 'reviewing',
    request: 'waiting',
    propose: 'proposed',
    withdraw: 'withdrawn',
  },
  waiting: {
    take: 'waiting',
    'record-finding': 'waiting',
    request: 'waiting',
    resume: 'reviewing',
    withdraw: 'withdrawn',
  },
  proposed: { return: 'reviewing', confirm: 'decided' },
  decided: {},
  withdrawn: {},
};

/** The status after an action; null when the action is not allowed. */
export function nextCaseStatus(status: CaseStatus, action: CaseAction): CaseStatus | null {
  return NEXT[status][action] ?? null;
}

/** Suspensions and restorations are opened by officials; the organisation cannot withdraw them. */
export function isOpenedByOfficial(kind: CaseKind): boolean {
  return kind === 'suspension' || kind === 'restoration';
}

export function isOpen(status: CaseStatus): boolean {
  return status !== 'decided' && status !== 'withdrawn';
}
