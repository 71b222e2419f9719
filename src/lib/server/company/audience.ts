import { isVettedOn, type Actor } from '#lib/domain/account/actor.ts';

/** In whose eyes a profile is shown. */
export type Audience = 'public' | 'lead' | 'official' | 'own';

/** @param day the present day in Korea, on which a lead's vetting must be valid */
export function audienceOf(actor: Actor, organisationId: string, day: string): Audience {
  if (actor.kind === 'member') {
    if (actor.organisationId === organisationId) return 'own';
    return actor.lead && isVettedOn(actor, day) ? 'lead' : 'public';
  }
  return actor.kind === 'official' || actor.kind === 'system' ? 'official' : 'public';
}

/** What an audience sees beyond the public profile. */
export interface Sight {
  /** Capacities: one supplier's volume is never shown to another (DOMAIN 3.8). */
  capacity: boolean;
  /** Registration numbers and the representative's name. */
  numbers: boolean;
  /** Files behind entries. Project leads get them with an expression of interest. */
  files: boolean;
}

const SIGHT: Readonly<Record<Audience, Sight>> = {
  public: { capacity: false, numbers: false, files: false },
  lead: { capacity: true, numbers: true, files: false },
  official: { capacity: true, numbers: true, files: true },
  own: { capacity: true, numbers: true, files: true },
};

export function sightOf(audience: Audience): Sight {
  return SIGHT[audience];
}
