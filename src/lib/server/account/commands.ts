import type { MemberRoleInOrganisation } from '#lib/domain/account/account.ts';
import { isMember, isOfficial, isOwner, isSignedIn, type Policy } from '#lib/domain/account/policy.ts';
import { checkBrn, tidyIdentifier } from '#lib/domain/company/identifiers.ts';
import { accountById } from '#lib/server/account/repository.ts';
import {
  closeRequest,
  countOwners,
  deleteMember,
  insertJoinRequest,
  insertMember,
  insertOrganisation,
  lockOpenRequest,
  memberRole,
  organisationById,
  setMemberRole,
  setSides,
} from '#lib/server/account/organisation-repository.ts';
import {
  holdIdentifiers,
  isSure,
  nameKeys,
  possibleDuplicates,
} from '#lib/server/company/duplicate-queries.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';

/** Organisations, and who belongs to them. */

export interface Registration {
  supplier: boolean;
  lead: boolean;
  nameKo: string;
  nameEn: string;
  /** As typed; empty when there is none. */
  brn: string;
  /** ISO alpha-2 */
  country: string;
  /** The person looked at organisations of the same name and says that this is another one. */
  isAnother: boolean;
}

const isVerified: Policy = (actor) =>
  isSignedIn(actor) && (actor.kind !== 'person' || actor.verified) && !(isMember(actor) && !actor.verified);

/**
 * Makes an organisation with the person as its first owner. `duplicate` when its number belongs to another record,
 * or its name does and the person has not said that theirs is another one.
 */
export const registerOrganisation = command({
  name: 'organisation.register',
  policy: isVerified,
  async run(tx, input: Registration) {
    if (tx.accountId === null) return refuse('not-found');
    const faults: Record<string, string> = {};
    if (!input.supplier && !input.lead) faults['kind'] = 'required';
    if (input.nameKo === '' && input.nameEn === '') faults['name_ko'] = 'needs-one-name';
    const typed = tidyIdentifier(input.brn);
    const brn = typed === '' ? null : checkBrn(typed);
    if (brn !== null && !brn.ok) faults['brn'] = 'bad-brn';
    if (Object.keys(faults).length > 0) return refuse('invalid', faults);
    const number = brn?.ok ? brn.value : null;
    const candidate = { nameKo: input.nameKo, nameEn: input.nameEn, brn: number };
    await holdIdentifiers(tx.db, candidate);
    const others = await possibleDuplicates(tx.db, candidate);
    if (others.some(isSure)) return refuse('duplicate');
    if (others.length > 0 && !input.isAnother) return refuse('duplicate');
    const keys = nameKeys(input.nameKo, input.nameEn);
    const id = await insertOrganisation(tx.db, {
      ...input,
      nameKeyKo: keys.name_key_ko,
      nameKeyEn: keys.name_key_en,
      brn: number,
    });
    await insertMember(tx.db, id, tx.accountId, 'owner');
    await tx.audit({
      action: 'organisation.register',
      object: { kind: 'organisation', id },
      after: {
        supplier: input.supplier,
        lead: input.lead,
        nameKo: input.nameKo,
        nameEn: input.nameEn,
        country: input.country,
      },
    });
    if (input.supplier) await tx.changed('company', id);
    return done({ organisationId: id });
  },
});

/** The organisation acted for takes up its other side too: a company that also leads projects, or the reverse. */
export const addSide = command({
  name: 'organisation.add-side',
  policy: isOwner,
  async run(tx, { side }: { side: 'supplier' | 'lead' }) {
    if (!isMember(tx.actor)) return refuse('not-found');
    const id = tx.actor.organisationId;
    await lockRow(tx.db, 'organisation', id);
    const before = await organisationById(tx.db, id);
    if (before === null) return refuse('not-found');
    if (before[side]) return done();
    const sides = { supplier: before.supplier, lead: before.lead, [side]: true };
    await setSides(tx.db, id, sides);
    await tx.audit({
      action: 'organisation.add-side',
      object: { kind: 'organisation', id },
      before: { supplier: before.supplier, lead: before.lead },
      after: sides,
    });
    await tx.changed('company', id);
    return done();
  },
});

/** Asks the owners of an organisation to be taken in; where there is none, officials decide. */
export const askToJoin = command({
  name: 'organisation.ask-to-join',
  policy: isVerified,
  async run(tx, input: { organisationId: string; message: string }) {
    const organisation = await organisationById(tx.db, input.organisationId);
    const account = tx.accountId === null ? null : await accountById(tx.db, tx.accountId);
    if (organisation === null || account === null) return refuse('not-found');
    if ((await memberRole(tx.db, organisation.id, account.id)) !== null) return refuse('already-member');
    const id = await insertJoinRequest(tx.db, organisation.id, account.id, input.message);
    if (id === null) return refuse('already-asked');
    await tx.audit({
      action: 'organisation.ask-to-join',
      object: { kind: 'organisation', id: organisation.id },
      after: { request: id },
    });
    const owned = (await countOwners(tx.db, organisation.id)) > 0;
    await tx.notify({
      kind: 'join-requested',
      key: `join-requested:${id}`,
      to: owned ? { organisationId: organisation.id, roles: ['owner'] } : { officials: true },
      data: { ...namesOf(organisation), person: account.name, note: input.message },
      path: owned ? peoplePath(organisation) : '/ministry/people',
    });
    return done({ requestId: id });
  },
});

interface Sides {
  supplier: boolean;
}
const peoplePath = (organisation: Sides) => (organisation.supplier ? '/company/people' : '/lead/people');
const namesOf = (organisation: { name_ko: string; name_en: string }) => ({
  nameKo: organisation.name_ko,
  nameEn: organisation.name_en,
});

const mayDecideJoin: Policy = (actor) => isOwner(actor) || (isOfficial(actor) && actor.administrator);

/**
 * Takes a person in or declines. Owners decide for their organisation; administrators for one without owners,
 * where the person becomes the first one.
 */
export const decideJoin = command({
  name: 'organisation.decide-join',
  policy: mayDecideJoin,
  async run(tx, input: { requestId: string; accept: boolean; role: MemberRoleInOrganisation }) {
    const request = await lockOpenRequest(tx.db, input.requestId);
    if (request === null || !(await decides(tx, request.organisation_id))) return refuse('not-found');
    const organisation = await organisationById(tx.db, request.organisation_id);
    if (organisation === null) return refuse('not-found');
    const role = isOfficial(tx.actor) ? 'owner' : input.role;
    const status = input.accept ? 'accepted' : 'declined';
    await closeRequest(tx.db, request.id, status, tx.now);
    if (input.accept) await insertMember(tx.db, organisation.id, request.account_id, role);
    await tx.audit({
      action: 'organisation.decide-join',
      object: { kind: 'organisation', id: organisation.id },
      after: { request: request.id, account: request.account_id, status, ...(input.accept ? { role } : {}) },
    });
    await tx.notify({
      kind: 'join-decided',
      key: `join-decided:${request.id}`,
      to: { accountId: request.account_id },
      data: { ...namesOf(organisation), outcome: status },
      path: input.accept ? peoplePath(organisation) : '/account/organisation',
    });
    return done({ status });
  },
});

async function decides(tx: WriteContext, organisationId: string): Promise<boolean> {
  if (isMember(tx.actor)) return tx.actor.organisationId === organisationId && tx.actor.role === 'owner';
  await lockRow(tx.db, 'organisation', organisationId);
  return (await countOwners(tx.db, organisationId)) === 0;
}

/**
 * Holds the organisation acted for, so that changes of its people happen one after the other, and reads the
 * person's own role afresh: two owners who remove each other at once must not both succeed.
 */
async function holdOwn(tx: WriteContext): Promise<{ id: string; role: MemberRoleInOrganisation } | null> {
  if (!isMember(tx.actor)) return null;
  const { organisationId: id, accountId } = tx.actor;
  await lockRow(tx.db, 'organisation', id);
  const role = await memberRole(tx.db, id, accountId);
  return role === null ? null : { id, role };
}

/** Gives a member another role. The last owner stays one. */
export const changeRole = command({
  name: 'organisation.change-role',
  policy: isOwner,
  async run(tx, input: { accountId: string; role: MemberRoleInOrganisation }) {
    const own = await holdOwn(tx);
    if (own?.role !== 'owner') return refuse('not-found');
    const before = await memberRole(tx.db, own.id, input.accountId);
    if (before === null) return refuse('not-found');
    if (before === input.role) return done();
    if (before === 'owner' && (await countOwners(tx.db, own.id)) === 1) return refuse('last-owner');
    await setMemberRole(tx.db, own.id, input.accountId, input.role);
    await tx.audit({
      action: 'organisation.change-role',
      object: { kind: 'organisation', id: own.id },
      before: { account: input.accountId, role: before },
      after: { account: input.accountId, role: input.role },
    });
    return done();
  },
});

/** Takes a member out; everyone may leave by themselves. The last owner stays. */
export const removeMember = command({
  name: 'organisation.remove-member',
  policy: isMember,
  async run(tx, input: { accountId: string }) {
    const own = await holdOwn(tx);
    if (own === null) return refuse('not-found');
    const leaving = input.accountId === tx.accountId;
    if (!leaving && own.role !== 'owner') return refuse('not-found');
    const role = await memberRole(tx.db, own.id, input.accountId);
    if (role === null) return refuse('not-found');
    if (role === 'owner' && (await countOwners(tx.db, own.id)) === 1) return refuse('last-owner');
    await deleteMember(tx.db, own.id, input.accountId);
    await tx.audit({
      action: leaving ? 'organisation.leave' : 'organisation.remove-member',
      object: { kind: 'organisation', id: own.id },
      before: { account: input.accountId, role },
    });
    return done({ left: leaving });
  },
});
