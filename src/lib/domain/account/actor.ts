import type { Agency, MemberRoleInOrganisation, Standing } from '#lib/domain/account/account.ts';

/** Nobody is signed in. */
export interface Visitor {
  kind: 'visitor';
}

/** Signed in, but acting for nobody: no organisation yet, or none chosen. */
export interface Person {
  kind: 'person';
  accountId: string;
  name: string;
  email: string;
  verified: boolean;
}

/** Signed in and acting for an organisation. */
export interface Member {
  kind: 'member';
  accountId: string;
  name: string;
  email: string;
  verified: boolean;
  organisationId: string;
  role: MemberRoleInOrganisation;
  supplier: boolean;
  lead: boolean;
  standing: Standing;
  /** Last day of valid vetting, `YYYY-MM-DD` in Korea; null when never vetted. */
  vettedUntil: string | null;
}

/** Signed in and acting as an official of a ministry or agency. */
export interface Official {
  kind: 'official';
  accountId: string;
  name: string;
  email: string;
  agency: Agency;
  administrator: boolean;
}

/** The portal itself: jobs, imports, the command line. */
export interface System {
  kind: 'system';
  name: string;
}

/** As whom something is done. One person may hold several hats; an action is done in exactly one. */
export type Actor = Visitor | Person | Member | Official | System;
export type ActorKind = Actor['kind'];

export const VISITOR: Visitor = { kind: 'visitor' };

/** The account behind an actor; null for visitors and the system. */
export function accountOf(actor: Actor): string | null {
  return 'accountId' in actor ? actor.accountId : null;
}

/** The organisation an actor acts for; null when none. */
export function organisationOf(actor: Actor): string | null {
  return actor.kind === 'member' ? actor.organisationId : null;
}

/** Is the member's vetting valid on a day (`YYYY-MM-DD`)? */
export function isVettedOn(actor: Actor, day: string): boolean {
  return (
    actor.kind === 'member' &&
    actor.standing === 'vetted' &&
    actor.vettedUntil !== null &&
    actor.vettedUntil >= day
  );
}
