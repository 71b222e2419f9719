import { OPPORTUNITY_STATUSES, type OpportunityStatus } from '#lib/domain/opportunity/opportunity.ts';

/** Who acts on an opportunity: its publisher, an official of a ministry, or the portal's own clock. */
export type OpportunitySide = 'lead' | 'ministry' | 'clock';

export const OPPORTUNITY_ACTIONS = [
  'edit',
  'submit',
  'take-back',
  'return',
  'publish',
  'amend',
  'close',
  'withdraw',
] as const;
export type OpportunityAction = (typeof OPPORTUNITY_ACTIONS)[number];

interface Step {
  from: readonly OpportunityStatus[];
  to: OpportunityStatus;
  by: readonly OpportunitySide[];
}

/** `edit` and `amend` leave the status as it is: a draft is edited, a published notice only amended (DOMAIN 2.2, 37 and 39). */
const STEPS: Record<OpportunityAction, readonly Step[]> = {
  edit: [{ from: ['draft'], to: 'draft', by: ['lead'] }],
  submit: [{ from: ['draft'], to: 'submitted', by: ['lead'] }],
  'take-back': [{ from: ['submitted'], to: 'draft', by: ['lead'] }],
  return: [{ from: ['submitted'], to: 'draft', by: ['ministry'] }],
  publish: [{ from: ['submitted'], to: 'published', by: ['ministry'] }],
  amend: [{ from: ['published'], to: 'published', by: ['lead'] }],
  close: [{ from: ['published'], to: 'closed', by: ['lead', 'clock'] }],
  withdraw: [{ from: ['draft', 'submitted', 'published'], to: 'withdrawn', by: ['lead'] }],
};

/** The status after an action, or null when that side may not do it in this status. */
export function afterAction(
  status: OpportunityStatus,
  action: OpportunityAction,
  side: OpportunitySide,
): OpportunityStatus | null {
  const step = STEPS[action].find(({ from, by }) => from.includes(status) && by.includes(side));
  return step?.to ?? null;
}

/** What a side may do now, in the order of the table. */
export function actionsOf(status: OpportunityStatus, side: OpportunitySide): OpportunityAction[] {
  return OPPORTUNITY_ACTIONS.filter((action) => afterAction(status, action, side) !== null);
}

/** The actions, with their side, that lead from one status to another. Empty: there is no way. */
export function waysBetween(
  from: OpportunityStatus,
  to: OpportunityStatus,
): { action: OpportunityAction; side: OpportunitySide }[] {
  const sides: OpportunitySide[] = ['lead', 'ministry', 'clock'];
  return OPPORTUNITY_ACTIONS.flatMap((action) =>
    sides.filter((side) => afterAction(from, action, side) === to).map((side) => ({ action, side })),
  );
}

/** Closed and withdrawn notices never change again. */
export function isFinal(status: OpportunityStatus): boolean {
  return OPPORTUNITY_STATUSES.every((to) => waysBetween(status, to).length === 0);
}

/** How a notice stands at a moment, as people ask: can I still take part? */
export type Phase = 'draft' | 'submitted' | 'upcoming' | 'open' | 'closing' | 'closed' | 'withdrawn';

/** A notice closes soon in its last seven days. */
const SOON_MS = 7 * 24 * 3600 * 1000;

export interface Timing {
  status: OpportunityStatus;
  /** First day (Korea) on which interest may be expressed, `YYYY-MM-DD`; null: from publication on. */
  opens: string | null;
  deadline: Date | null;
}

/** The phase at `now`; `today` is the same moment's calendar day in Korea. The deadline itself is already too late. */
export function phaseAt({ status, opens, deadline }: Timing, now: Date, today: string): Phase {
  if (status !== 'published') return status;
  if (deadline !== null && deadline.getTime() <= now.getTime()) return 'closed';
  if (opens !== null && opens > today) return 'upcoming';
  if (deadline !== null && deadline.getTime() - now.getTime() <= SOON_MS) return 'closing';
  return 'open';
}

/** May interest be expressed in this phase? */
export function takesInterest(phase: Phase): boolean {
  return phase === 'open' || phase === 'closing';
}
