import type { Kysely } from 'kysely';
import type { Agency, MemberRoleInOrganisation } from '#lib/domain/account/account.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Db = Kysely<Database>;

export interface NewOrganisation {
  supplier: boolean;
  lead: boolean;
  nameKo: string;
  nameEn: string;
  nameKeyKo: string;
  nameKeyEn: string;
  brn: string | null;
  country: string;
}

export async function insertOrganisation(db: Db, organisation: NewOrganisation): Promise<string> {
  const row = await db
    .insertInto('organisation')
    .values({
      supplier: organisation.supplier,
      lead: organisation.lead,
      name_ko: organisation.nameKo,
      name_en: organisation.nameEn,
      name_key_ko: organisation.nameKeyKo,
      name_key_en: organisation.nameKeyEn,
      brn: organisation.brn,
      country: organisation.country,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** An organisation and which sides it has. */
export async function organisationById(db: Db, id: string) {
  const row = await db
    .selectFrom('organisation')
    .select(['id', 'name_ko', 'name_en', 'supplier', 'lead', 'brn', 'standing'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function setSides(
  db: Db,
  id: string,
  sides: { supplier: boolean; lead: boolean },
): Promise<void> {
  await db.updateTable('organisation').set(sides).where('id', '=', id).execute();
}

/** Makes a person a member; an existing membership is left as it is. Answers whether it is new. */
export async function insertMember(
  db: Db,
  organisationId: string,
  accountId: string,
  role: MemberRoleInOrganisation,
): Promise<boolean> {
  const row = await db
    .insertInto('membership')
    .values({ organisation_id: organisationId, account_id: accountId, role })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'account_id']).doNothing())
    .returning('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function memberRole(
  db: Db,
  organisationId: string,
  accountId: string,
): Promise<MemberRoleInOrganisation | null> {
  const row = await db
    .selectFrom('membership')
    .select('role')
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row?.role ?? null;
}

export async function setMemberRole(
  db: Db,
  organisationId: string,
  accountId: string,
  role: MemberRoleInOrganisation,
): Promise<void> {
  await db
    .updateTable('membership')
    .set({ role })
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', accountId)
    .execute();
}

export async function deleteMember(db: Db, organisationId: string, accountId: string): Promise<void> {
  await db
    .deleteFrom('membership')
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', accountId)
    .execute();
}

export async function countOwners(db: Db, organisationId: string): Promise<number> {
  const row = await db
    .selectFrom('membership')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('organisation_id', '=', organisationId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Opens a request to join; null when one is open already. */
export async function insertJoinRequest(
  db: Db,
  organisationId: string,
  accountId: string,
  message: string,
): Promise<string | null> {
  const row = await db
    .insertInto('join_request')
    .values({ organisation_id: organisationId, account_id: accountId, message })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'account_id']).where('status', '=', 'open').doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** An open request, held until the transaction ends. */
export async function lockOpenRequest(db: Db, id: string) {
  const row = await db
    .selectFrom('join_request')
    .select(['id', 'organisation_id', 'account_id'])
    .where('id', '=', id)
    .where('status', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function closeRequest(
  db: Db,
  id: string,
  status: 'accepted' | 'declined',
  now: Date,
): Promise<void> {
  await db.updateTable('join_request').set({ status, decided_at: now }).where('id', '=', id).execute();
}

export interface NewInvitation {
  idHash: string;
  organisationId: string | null;
  agency: Agency | null;
  email: string;
  role: MemberRoleInOrganisation | 'official' | 'administrator';
  invitedBy: string | null;
  expiresAt: Date;
}

export async function insertInvitation(db: Db, invitation: NewInvitation): Promise<string> {
  const row = await db
    .insertInto('invitation')
    .values({
      id_hash: invitation.idHash,
      organisation_id: invitation.organisationId,
      agency: invitation.agency,
      email: invitation.email,
      role: invitation.role,
      invited_by: invitation.invitedBy,
      expires_at: invitation.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

const INVITATION = [
  'id',
  'organisation_id',
  'agency',
  'email',
  'role',
  'invited_by',
  'expires_at',
  'created_at',
] as const;

/** Whose invitations: those of an organisation, or those to an office (null). */
function ofOrganisation(organisationId: string | null) {
  return { column: 'organisation_id' as const, id: organisationId };
}

/** An invitation that is neither accepted nor revoked (it may have run out), held until the transaction ends. */
export async function lockInvitation(db: Db, id: string, organisationId: string | null) {
  const { column, id: whose } = ofOrganisation(organisationId);
  const row = await db
    .selectFrom('invitation')
    .select(INVITATION)
    .where('id', '=', id)
    .where(column, whose === null ? 'is' : '=', whose)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Revokes the open invitations of an address, so that one is open at most. */
export async function revokeEarlier(
  db: Db,
  organisationId: string | null,
  email: string,
  now: Date,
): Promise<void> {
  const { column, id } = ofOrganisation(organisationId);
  await db
    .updateTable('invitation')
    .set({ revoked_at: now })
    .where(column, id === null ? 'is' : '=', id)
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
}

export async function setInvitationRevoked(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('invitation').set({ revoked_at: now }).where('id', '=', id).execute();
}

/** A new link for an invitation; the earlier one stops working. */
export async function renewInvitation(db: Db, id: string, idHash: string, expiresAt: Date): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ id_hash: idHash, expires_at: expiresAt })
    .where('id', '=', id)
    .execute();
}

/** An invitation that can be accepted now, by the hash of its link. */
export async function openInvitation(db: Db, idHash: string, now: Date) {
  const row = await db
    .selectFrom('invitation')
    .select(INVITATION)
    .where('id_hash', '=', idHash)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/** Uses an invitation up; null when it cannot be used (any more). Of two at once, one gets it. */
export async function takeInvitation(db: Db, idHash: string, now: Date) {
  const row = await db
    .updateTable('invitation')
    .set({ accepted_at: now })
    .where('id_hash', '=', idHash)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(INVITATION)
    .executeTakeFirst();
  return row ?? null;
}
