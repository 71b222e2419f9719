import { isVettedOn, type Member } from '#lib/domain/account/actor.ts';
import type { Standing } from '#lib/domain/account/account.ts';
import { phaseAt, takesInterest, type Timing } from '#lib/domain/opportunity/status.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';

export type Hindrance =
  'own' | 'suspended' | 'screened' | 'unverified' | 'not-open' | 'publisher-suspended' | 'not-vetted';

/** What decides about a notice whether interest may be expressed in it. */
export interface InterestTerms extends Timing {
  /** The publishing lead. */
  organisation_id: string | null;
  lead_standing: Standing | null;
  requires_vetted: boolean;
}

/** Who would take part, with what the organisation's record says now. */
export interface Contender extends Member {
  /** A restricted-party entry is confirmed by officials. */
  screened?: boolean;
}

/** Why this company may not express interest in this notice now, alone or in a team; null when it may. */
export function hindrance(actor: Contender, opportunity: InterestTerms, now: Date): Hindrance | null {
  const today = koreanDay(now);
  if (opportunity.organisation_id === actor.organisationId) return 'own';
  if (actor.standing === 'suspended') return 'suspended';
  if (actor.screened === true) return 'screened';
  if (!actor.verified) return 'unverified';
  if (!takesInterest(phaseAt(opportunity, now, today))) return 'not-open';
  if (opportunity.lead_standing === 'suspended') return 'publisher-suspended';
  if (opportunity.requires_vetted && !isVettedOn(actor, today)) return 'not-vetted';
  return null;
}
