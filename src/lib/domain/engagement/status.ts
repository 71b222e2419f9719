import { INTEREST_STATUSES, type InterestStatus } from '#lib/domain/engagement/interest.ts';

/** Who acts on an expression of interest. */
export type ActingSide = 'company' | 'lead';

export const INTEREST_ACTIONS = ['open', 'shortlist', 'accept', 'decline', 'withdraw'] as const;
export type InterestAction = (typeof INTEREST_ACTIONS)[number];

interface Step {
  from: readonly InterestStatus[];
  to: InterestStatus;
  by: ActingSide;
  /** Still possible while the company is suspended. */
  whileSuspended: boolean;
}

const WAITING: readonly InterestStatus[] = ['sent', 'opened', 'shortlisted'];

/**
 * A suspended company's expression stands still: the lead may only decline it, the company only take it back
 * (DOMAIN 2.2, 28). Nothing is taken up with a company whose participation is suspended.
 */
const STEPS: Record<InterestAction, Step> = {
  open: { from: ['sent'], to: 'opened', by: 'lead', whileSuspended: false },
  shortlist: { from: ['sent', 'opened'], to: 'shortlisted', by: 'lead', whileSuspended: false },
  accept: { from: WAITING, to: 'accepted', by: 'lead', whileSuspended: false },
  decline: { from: WAITING, to: 'declined', by: 'lead', whileSuspended: true },
  withdraw: { from: WAITING, to: 'withdrawn', by: 'company', whileSuspended: true },
};

export interface InterestState {
  status: InterestStatus;
  /** The company's participation is suspended now. */
  suspended: boolean;
}

/** The status after an action, or null when that side may not do it now. */
export function afterAction(
  { status, suspended }: InterestState,
  action: InterestAction,
  side: ActingSide,
): InterestStatus | null {
  const step = STEPS[action];
  if (step.by !== side || !step.from.includes(status)) return null;
  if (suspended && !step.whileSuspended) return null;
  return step.to;
}

/** What a side may do now, in the order of the table. */
export function actionsOf(state: InterestState, side: ActingSide): InterestAction[] {
  return INTEREST_ACTIONS.filter((action) => afterAction(state, action, side) !== null);
}

/** Waits for an answer of the lead. */
export function isWaiting(status: InterestStatus): boolean {
  return WAITING.includes(status);
}

export const WAITING_STATUSES = INTEREST_STATUSES.filter(isWaiting);

/** Contacts are shown to both sides from acceptance on, and not before (DOMAIN 3.6). */
export function contactsShared(status: InterestStatus): boolean {
  return status === 'accepted';
}

/** Why a lead declines; words may be added. Counted per opportunity for its publisher (DOMAIN 2.2, 68). */
export const DECLINE_REASONS = [
  'capacity',
  'requirement-missing',
  'evidence',
  'timing',
  'filled',
  'changed-plan',
  'other',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];
