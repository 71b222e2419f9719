import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';

/**
 * A coarse permission: may this actor try at all? What it may do to one row is decided by the noun's own policy
 * inside the command. Everything not granted is refused.
 */
export type Policy = (actor: Actor) => boolean;

/** Anyone, signed in or not. Named so that a route or command that is open says so. */
export const anyone: Policy = () => true;

export const isSignedIn: Policy = (actor) =>
  actor.kind === 'person' || actor.kind === 'member' || actor.kind === 'official';

export function isMember(actor: Actor): actor is Member {
  return actor.kind === 'member';
}

export function isOfficial(actor: Actor): actor is Official {
  return actor.kind === 'official';
}

export const isAdministrator: Policy = (actor) => isOfficial(actor) && actor.administrator;

/** May look at the company area: any member of a supplier. */
export const isCompanyMember: Policy = (actor) => isMember(actor) && actor.supplier;

/** May change the company's profile and send expressions of interest. */
export const isCompanyEditor: Policy = (actor) =>
  isMember(actor) && actor.supplier && actor.role !== 'viewer';

/** May look at the lead area: any member of a project lead. */
export const isLeadMember: Policy = (actor) => isMember(actor) && actor.lead;

/** May draft opportunities and answer expressions of interest. */
export const isLeadEditor: Policy = (actor) => isMember(actor) && actor.lead && actor.role !== 'viewer';

/** May manage the people of the organisation acted for. */
export const isOwner: Policy = (actor) => isMember(actor) && actor.role === 'owner';

export const isEditor: Policy = (actor) => isMember(actor) && actor.role !== 'viewer';

/** Only the portal itself: jobs, imports, the command line. */
export const isSystem: Policy = (actor) => actor.kind === 'system';
