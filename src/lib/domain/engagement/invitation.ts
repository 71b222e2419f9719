import { bothNamed, isNamed, type Party, type RevealView } from '#lib/domain/engagement/reveal.ts';
import type { InterestStatus } from '#lib/domain/engagement/interest.ts';
import type { Names, OpportunityCard } from '#lib/domain/opportunity/view.ts';

/**
 * Showing names on an invitation, before any interest is expressed (DOMAIN 60). Each side agrees for itself; whoever
 * keeps nothing back may ask the other. Once interest is expressed it goes on there.
 */

export const INVITATION_EVENT_KINDS = [
  'company-asked',
  'lead-asked',
  'company-agreed',
  'company-disagreed',
  'lead-agreed',
  'lead-disagreed',
  'names-shown',
] as const;
export type InvitationEventKind = (typeof INVITATION_EVENT_KINDS)[number];

export interface InvitedParty extends Party {
  /** It asked the other side to show its name. */
  asked: boolean;
}

export type InvitationStep = 'agree' | 'take-back' | 'ask';

/** Why nothing can be begun on an invitation: own participation first, then the other side's, then the notice. */
export type InvitationBar =
  'suspended' | 'screened' | 'other-out' | 'over' | 'not-published' | 'interest-expressed';

/**
 * What one side may do about names on an invitation. What was agreed can be taken back, whatever bars the rest, until
 * the name was seen by it; after an expression of interest on its page only.
 */
export function invitationSteps(
  own: InvitedParty,
  other: InvitedParty,
  bar: InvitationBar | null,
): InvitationStep[] {
  const steps: InvitationStep[] = [];
  const seen = isNamed(own, other);
  if (own.keeps && own.agreed && !seen && bar !== 'interest-expressed') steps.push('take-back');
  if (bar !== null) return steps;
  if (own.keeps && !own.agreed) steps.push('agree');
  // An agreement asks the other side as well; who keeps nothing back has nothing to agree to.
  if (!own.keeps && other.keeps && !other.agreed && !own.asked) steps.push('ask');
  return steps;
}

/** How the names of an invitation stand, for one side. */
export interface InvitationReveal extends Omit<RevealView, 'step'> {
  step: InvitationStep | null;
  asked: { own: boolean; other: boolean };
}

/** Null where nobody keeps a name back. */
export function invitationReveal(
  own: InvitedParty,
  other: InvitedParty,
  at: { bar: InvitationBar | null; mayAct: boolean },
): InvitationReveal | null {
  if (!own.keeps && !other.keeps) return null;
  return {
    own: own.keeps ? (own.agreed ? 'agreed' : 'kept') : 'open',
    others: { kept: Number(other.keeps), agreed: Number(other.keeps && other.agreed) },
    shown: bothNamed(own, other),
    step: at.mayAct ? (invitationSteps(own, other, at.bar)[0] ?? null) : null,
    asked: { own: own.asked, other: other.asked },
  };
}

/** One invitation; both sides read the same history. */
export interface InvitationView {
  opportunity: OpportunityCard;
  /** empty where it is kept back; see `opportunity.named` */
  publisher: Names;
  company: {
    id: string;
    /** Keeps its name back from the reader; then the name is empty. */
    masked: boolean;
    /** The reader may open its profile. */
    profile: boolean;
    name: Names;
  };
  /** Empty while it would tell the reader a name that is kept back. */
  reason: string;
  invitedAt: string;
  reveal: InvitationReveal | null;
  bar: InvitationBar | null;
  /** what the company has expressed meanwhile, alone or in a team */
  interest: { id: string; status: InterestStatus } | null;
  timeline: { kind: 'invited' | InvitationEventKind; at: string }[];
}
