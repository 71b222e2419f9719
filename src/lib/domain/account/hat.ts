import type { Agency, MemberRoleInOrganisation, Standing } from '#lib/domain/account/account.ts';
import type { Actor } from '#lib/domain/account/actor.ts';
import type { Policy } from '#lib/domain/account/policy.ts';

/** Key of the hat an official wears; every other key is an organisation's id. */
export const OFFICE = 'office';

/** A person as a member of an organisation. */
export interface OrganisationHat {
  /** the organisation's id */
  key: string;
  kind: 'company' | 'lead' | 'both';
  nameKo: string;
  nameEn: string;
  role: MemberRoleInOrganisation;
  standing: Standing;
  /** Last day of valid vetting, `YYYY-MM-DD` in Korea. */
  vettedUntil: string | null;
}

/** A person as an official of a ministry or agency. */
export interface OfficeHat {
  key: typeof OFFICE;
  kind: 'official' | 'administrator';
  /** name of the agency */
  nameKo: string;
  nameEn: string;
  role: 'official' | 'administrator';
  standing: null;
  agency: Agency;
}

/** One way in which a person may act. */
export type Hat = OrganisationHat | OfficeHat;
export type HatKind = Hat['kind'];

/** What every action of a person carries, whichever hat is worn. */
export interface AccountIdentity {
  id: string;
  name: string;
  email: string;
  verified: boolean;
}

/** The actor that a person is with a hat on; a person acting for nobody without one. */
export function actorFor(account: AccountIdentity, hat: Hat | null): Actor {
  const person = { accountId: account.id, name: account.name, email: account.email };
  if (hat === null) return { kind: 'person', ...person, verified: account.verified };
  if (isOfficeHat(hat)) {
    return { kind: 'official', ...person, agency: hat.agency, administrator: hat.kind === 'administrator' };
  }
  return {
    kind: 'member',
    ...person,
    verified: account.verified,
    organisationId: hat.key,
    role: hat.role,
    supplier: hat.kind !== 'lead',
    lead: hat.kind !== 'company',
    standing: hat.standing,
    vettedUntil: hat.vettedUntil,
  };
}

export function isOfficeHat(hat: Hat): hat is OfficeHat {
  return hat.kind === 'official' || hat.kind === 'administrator';
}

/** The hat to wear: the wanted one if it is still held, else the only one, else none. */
export function chooseHat<H extends { key: string }>(hats: readonly H[], wanted: string | null): H | null {
  const held = hats.find((hat) => hat.key === wanted);
  if (held) return held;
  return hats.length === 1 ? (hats[0] ?? null) : null;
}

/** A hat of this person under which a policy would let them through; null when there is none. */
export function hatThatFits(account: AccountIdentity, hats: readonly Hat[], policy: Policy): Hat | null {
  return hats.find((hat) => policy(actorFor(account, hat))) ?? null;
}

/** Where a person starts, without language prefix. */
export function homeOf(hat: { kind: HatKind } | null, severalHats = false): string {
  if (hat === null) return severalHats ? '/account/acting' : '/account/organisation';
  if (hat.kind === 'lead') return '/lead';
  return hat.kind === 'official' || hat.kind === 'administrator' ? '/ministry' : '/company';
}
