import type { Standing } from '#lib/domain/account/account.ts';
import type { InterestStatus } from '#lib/domain/engagement/interest.ts';
import type { ActingSide } from '#lib/domain/engagement/status.ts';

/**
 * Names are shown to each other once both sides agree (DOMAIN 60). Whoever keeps nothing back counts as having
 * agreed, so that between two that show their names nothing changes.
 */
export interface Party {
  /** Keeps its name back. */
  keeps: boolean;
  agreed: boolean;
}

const consents = ({ keeps, agreed }: Party): boolean => !keeps || agreed;

/** Does the other side see this one's name? */
export function isNamed(own: Party, other: Party): boolean {
  return !own.keeps || (own.agreed && consents(other));
}

/** Contacts go over only where both see each other's name. */
export function bothNamed(own: Party, other: Party): boolean {
  return isNamed(own, other) && isNamed(other, own);
}

export type RevealStep = 'agree' | 'take-back';

/**
 * What one side may do about its name. The other side is one or, seen from a lead, each company of a team. An
 * agreement can be taken back until somebody has seen the name by it.
 */
export function revealStep(
  own: Party,
  others: readonly Party[],
  { status, suspended }: { status: InterestStatus; suspended: boolean },
): RevealStep | null {
  if (!own.keeps) return null;
  if (own.agreed) return others.some((other) => isNamed(own, other)) ? null : 'take-back';
  return suspended || status === 'withdrawn' || status === 'declined' ? null : 'agree';
}

/** What a side is told that may not agree now: its own participation first, then the other side's. */
export type RevealBar = 'suspended' | 'lead-suspended';

/**
 * Nothing is agreed to while a side's participation is suspended, the own or the other one's (DOMAIN 2.2, 28). Null
 * when nobody's is.
 */
export function revealBar(
  side: ActingSide,
  standing: {
    /** of the organisation that acts; in a team it need not be the one that speaks for it */
    own: Standing;
    /** of the company that the expression is of */
    company: Standing;
    /** null: nobody in the portal published the notice */
    lead: Standing | null;
  },
): RevealBar | null {
  const [own, company, lead] = [standing.own, standing.company, standing.lead].map(
    (of) => of === 'suspended',
  );
  if (own) return side === 'lead' ? 'lead-suspended' : 'suspended';
  return company || lead ? 'suspended' : null;
}

/** How the names of an expression stand, for one side. */
export interface RevealView {
  /** `open`: shows its name anyway. */
  own: 'open' | 'kept' | 'agreed';
  /** On the other side: how many keep their name back, and how many of those agreed. */
  others: { kept: number; agreed: number };
  /** Everybody sees everybody's name. */
  shown: boolean;
  step: RevealStep | null;
}

/** Null where nobody keeps a name back: there is nothing to agree to. */
export function revealView(
  own: Party,
  others: readonly Party[],
  at: { status: InterestStatus; suspended: boolean; mayAct: boolean },
): RevealView | null {
  const kept = others.filter(({ keeps }) => keeps);
  if (!own.keeps && kept.length === 0) return null;
  return {
    own: own.keeps ? (own.agreed ? 'agreed' : 'kept') : 'open',
    others: { kept: kept.length, agreed: kept.filter(({ agreed }) => agreed).length },
    shown: others.every((other) => bothNamed(own, other)),
    step: at.mayAct ? revealStep(own, others, at) : null,
  };
}
