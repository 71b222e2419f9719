import { sql } from 'kysely';
import type { Agency, MemberRoleInOrganisation, Standing } from '#lib/domain/account/account.ts';
import { accountOf, organisationOf } from '#lib/domain/account/actor.ts';
import { CONSENT_DOCUMENTS, type ConsentDocument } from '#lib/domain/account/consent.ts';
import { isAdministrator, isOwner, isSystem } from '#lib/domain/account/policy.ts';
import { currentConsents } from '#lib/server/account/repository.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface PersonLine {
  accountId: string;
  name: string;
  email: string;
  role: MemberRoleInOrganisation | 'official' | 'administrator';
  agency: Agency | null;
  since: Date;
  self: boolean;
}

export interface InvitationLine {
  id: string;
  email: string;
  role: PersonLine['role'];
  agency: Agency | null;
  expiresAt: Date;
  expired: boolean;
}

export interface RequestLine {
  id: string;
  name: string;
  email: string;
  message: string;
  at: Date;
  /** Named where requests for several organisations stand together. */
  nameKo: string;
  nameEn: string;
}

export interface PeoplePage {
  /** May the viewer change anything here? */
  manages: boolean;
  people: PersonLine[];
  invitations: InvitationLine[];
  requests: RequestLine[];
}

/** The people of the organisation acted for; invitations and requests for its owners only. */
export async function peoplePage(ctx: Context): Promise<PeoplePage | null> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return null;
  const manages = isOwner(ctx.actor);
  const rows = await ctx.db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .select(['account.id', 'account.name', 'account.email', 'membership.role', 'membership.created_at'])
    .where('membership.organisation_id', '=', organisationId)
    .orderBy('membership.created_at')
    .orderBy('account.id')
    .execute();
  return {
    manages,
    people: rows.map((row) => ({
      accountId: row.id,
      name: row.name,
      email: row.email,
      role: row.role,
      agency: null,
      since: row.created_at,
      self: row.id === accountOf(ctx.actor),
    })),
    invitations: manages ? await openInvitations(ctx, organisationId) : [],
    requests: manages ? await openRequests(ctx, organisationId) : [],
  };
}

/** The officials, for administrators, with requests to join organisations that have no owner who could decide. */
export async function officialsPage(ctx: Context): Promise<PeoplePage | null> {
  if (!isAdministrator(ctx.actor)) return null;
  const rows = await ctx.db
    .selectFrom('office')
    .innerJoin('account', 'account.id', 'office.account_id')
    .select([
      'account.id',
      'account.name',
      'account.email',
      'office.agency',
      'office.administrator',
      'office.created_at',
    ])
    .orderBy('office.agency')
    .orderBy('account.name')
    .execute();
  return {
    manages: true,
    people: rows.map((row) => ({
      accountId: row.id,
      name: row.name,
      email: row.email,
      role: row.administrator ? 'administrator' : 'official',
      agency: row.agency,
      since: row.created_at,
      self: row.id === accountOf(ctx.actor),
    })),
    invitations: await openInvitations(ctx, null),
    requests: await openRequests(ctx, null),
  };
}

async function openInvitations(ctx: Context, organisationId: string | null): Promise<InvitationLine[]> {
  const rows = await ctx.db
    .selectFrom('invitation')
    .select(['id', 'email', 'role', 'agency', 'expires_at'])
    .where('organisation_id', organisationId === null ? 'is' : '=', organisationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    agency: row.agency,
    expiresAt: row.expires_at,
    expired: row.expires_at <= ctx.now(),
  }));
}

/** Open requests of one organisation, or (null) of all that have no owner. */
async function openRequests(ctx: Context, organisationId: string | null): Promise<RequestLine[]> {
  let rows = ctx.db
    .selectFrom('join_request')
    .innerJoin('account', 'account.id', 'join_request.account_id')
    .innerJoin('organisation', 'organisation.id', 'join_request.organisation_id')
    .select([
      'join_request.id',
      'join_request.message',
      'join_request.created_at',
      'account.name',
      'account.email',
      'organisation.name_ko',
      'organisation.name_en',
    ])
    .where('join_request.status', '=', 'open')
    .orderBy('join_request.created_at')
    .orderBy('join_request.id');
  rows =
    organisationId === null
      ? rows.where(
          sql<boolean>`not exists (select from membership m
            where m.organisation_id = join_request.organisation_id and m.role = 'owner')`,
        )
      : rows.where('join_request.organisation_id', '=', organisationId);
  const found = await rows.execute();
  return found.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    message: row.message,
    at: row.created_at,
    nameKo: row.name_ko,
    nameEn: row.name_en,
  }));
}

export interface OwnRequest {
  nameKo: string;
  nameEn: string;
  at: Date;
}

/** Requests of the person themselves that nobody has answered yet. */
export async function ownOpenRequests(ctx: Context): Promise<OwnRequest[]> {
  const accountId = accountOf(ctx.actor);
  if (accountId === null) return [];
  const rows = await ctx.db
    .selectFrom('join_request')
    .innerJoin('organisation', 'organisation.id', 'join_request.organisation_id')
    .select(['organisation.name_ko', 'organisation.name_en', 'join_request.created_at'])
    .where('join_request.account_id', '=', accountId)
    .where('join_request.status', '=', 'open')
    .orderBy('join_request.created_at')
    .orderBy('join_request.id')
    .execute();
  return rows.map((row) => ({ nameKo: row.name_ko, nameEn: row.name_en, at: row.created_at }));
}

export interface ConsentState {
  document: ConsentDocument;
  /** When the consent that holds was given; null when none holds. */
  givenAt: Date | null;
  version: string | null;
}

/** Each consent of the person and whether it holds. */
export async function consentsOf(ctx: Context): Promise<ConsentState[]> {
  const accountId = accountOf(ctx.actor);
  if (accountId === null) return [];
  const holding = await currentConsents(ctx.db, accountId);
  return CONSENT_DOCUMENTS.map((document) => {
    const found = holding.find((consent) => consent.document === document);
    return { document, givenAt: found?.given_at ?? null, version: found?.version ?? null };
  });
}

export interface CountryChoice {
  iso2: string;
  nameKo: string;
  nameEn: string;
}

/** The countries an organisation may be in. */
export async function countryChoices(ctx: Context): Promise<CountryChoice[]> {
  const rows = await ctx.db
    .selectFrom('country')
    .select(['iso2', 'name_ko', 'name_en'])
    .orderBy('name_en')
    .execute();
  return rows.map((row) => ({ iso2: row.iso2, nameKo: row.name_ko, nameEn: row.name_en }));
}

export interface AccountLine {
  email: string;
  name: string;
  verified: boolean;
  agency: Agency | null;
  administrator: boolean;
  organisations: { name: string; role: MemberRoleInOrganisation; standing: Standing }[];
}

/** Accounts for the command line; part of a mail address or name narrows. */
export async function accountList(ctx: Context, search: string | null): Promise<AccountLine[]> {
  if (!isSystem(ctx.actor)) return [];
  const { rows } = await sql<{
    email: string;
    name: string;
    verified: boolean;
    agency: Agency | null;
    administrator: boolean | null;
    organisations: AccountLine['organisations'];
  }>`
    select a.email, a.name, a.email_verified_at is not null as verified, f.agency, f.administrator,
      coalesce((select json_agg(json_build_object('name', coalesce(nullif(o.name_en, ''), o.name_ko), 'role', m.role,
          'standing', o.standing) order by o.name_en)
        from membership m join organisation o on o.id = m.organisation_id where m.account_id = a.id), '[]') as organisations
    from account a left join office f on f.account_id = a.id
    where ${search}::text is null or position(lower(${search}::text) in lower(a.email || ' ' || a.name)) > 0
    order by a.email limit 1000`.execute(ctx.db);
  return rows.map((row) => ({ ...row, administrator: row.administrator ?? false }));
}

/** An account's id and hats' keys, for the command line. */
export async function accountHats(ctx: Context, email: string) {
  if (!isSystem(ctx.actor)) return null;
  const account = await ctx.db
    .selectFrom('account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirst();
  if (!account) return null;
  const members = await ctx.db
    .selectFrom('membership')
    .select('organisation_id')
    .where('account_id', '=', account.id)
    .execute();
  const office = await ctx.db
    .selectFrom('office')
    .select('account_id')
    .where('account_id', '=', account.id)
    .executeTakeFirst();
  const keys = members.map((member) => member.organisation_id);
  return { id: account.id, keys: office ? ['office', ...keys] : keys };
}

/** Is the person a member of the organisation? An official does not act on what their own firm has handed in. */
export async function isMemberOf(
  db: Context['db'],
  accountId: string | null,
  organisationId: string | null,
): Promise<boolean> {
  if (accountId === null || organisationId === null) return false;
  const row = await db
    .selectFrom('membership')
    .select('role')
    .where('account_id', '=', accountId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  return row !== undefined;
}
