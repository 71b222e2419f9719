import type { InterestStatus } from '#lib/domain/engagement/interest.ts';

/** What a reader of a notice can do next; the panel beside it words each. */
export type NextStep =
  | { kind: 'sign-in' }
  | { kind: 'choose-organisation' }
  | { kind: 'send' }
  | { kind: 'sent'; interest: { id: string; status: InterestStatus; sentAt: string } }
  /** Takes part in a team that has not sent yet. */
  | { kind: 'in-team'; team: { id: string; leader: boolean } }
  | { kind: 'own' }
  | { kind: 'look-only' }
  | { kind: 'viewer' }
  | { kind: 'not-open' }
  | { kind: 'suspended' }
  | { kind: 'screened' }
  | { kind: 'publisher-suspended' }
  | { kind: 'unverified' }
  | { kind: 'not-vetted' }
  | { kind: 'unpublished' };
