import { sql, type Kysely } from 'kysely';
import type { Agency, Intent, LinkPurpose } from '#lib/domain/account/account.ts';
import { isRequiredConsent, type ConsentDocument } from '#lib/domain/account/consent.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Db = Kysely<Database>;

export interface AccountRow {
  id: string;
  email: string;
  name: string;
  lang: Lang;
  intent: Intent;
  password_hash: string;
  email_verified_at: Date | null;
}

const COLUMNS = ['id', 'email', 'name', 'lang', 'intent', 'password_hash', 'email_verified_at'] as const;

export async function accountByEmail(db: Db, email: string): Promise<AccountRow | null> {
  const row = await db.selectFrom('account').select(COLUMNS).where('email', '=', email).executeTakeFirst();
  return row ?? null;
}

export async function accountById(db: Db, id: string): Promise<AccountRow | null> {
  const row = await db.selectFrom('account').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export interface NewAccount {
  email: string;
  name: string;
  passwordHash: string;
  lang: Lang;
  intent: Intent;
  verifiedAt: Date | null;
}

/** A new account; null when its mail address has one already. */
export async function insertAccount(db: Db, account: NewAccount): Promise<string | null> {
  const row = await db
    .insertInto('account')
    .values({
      email: account.email,
      name: account.name,
      password_hash: account.passwordHash,
      lang: account.lang,
      intent: account.intent,
      email_verified_at: account.verifiedAt,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface AccountChange {
  email?: string;
  name?: string;
  passwordHash?: string;
  lang?: Lang;
  intent?: Intent;
  verifiedAt?: Date;
}

export async function updateAccount(db: Db, id: string, change: AccountChange): Promise<void> {
  await db
    .updateTable('account')
    .set({
      ...(change.email === undefined ? {} : { email: change.email }),
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash }),
      ...(change.lang === undefined ? {} : { lang: change.lang }),
      ...(change.intent === undefined ? {} : { intent: change.intent }),
      ...(change.verifiedAt === undefined ? {} : { email_verified_at: change.verifiedAt }),
    })
    .where('id', '=', id)
    .execute();
}

export interface NewLink {
  purpose: LinkPurpose;
  accountId: string;
  idHash: string;
  data?: Record<string, string>;
  expiresAt: Date;
}

/** Writes a one-time link in place of the account's earlier ones for the same purpose. */
export async function putLink(db: Db, link: NewLink): Promise<void> {
  await db
    .deleteFrom('one_time_link')
    .where('account_id', '=', link.accountId)
    .where('purpose', '=', link.purpose)
    .execute();
  await db
    .insertInto('one_time_link')
    .values({
      id_hash: link.idHash,
      purpose: link.purpose,
      account_id: link.accountId,
      data: JSON.stringify(link.data ?? {}),
      expires_at: link.expiresAt,
    })
    .execute();
}

export interface LinkRow {
  purpose: LinkPurpose;
  account_id: string;
  data: Record<string, string>;
}

/** The link of an account for a purpose, used up or ended though it may be. */
export async function latestLink(db: Db, accountId: string, purpose: LinkPurpose): Promise<LinkRow | null> {
  const row = await db
    .selectFrom('one_time_link')
    .select(['purpose', 'account_id', 'data'])
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** A link that can still be used, without using it. */
export async function peekLink(
  db: Db,
  idHash: string,
  purposes: readonly LinkPurpose[],
  now: Date,
): Promise<LinkRow | null> {
  const row = await db
    .selectFrom('one_time_link')
    .select(['purpose', 'account_id', 'data'])
    .where('id_hash', '=', idHash)
    .where('purpose', 'in', [...purposes])
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/** Uses a link up. Of two at once, one gets it; the other gets null. */
export async function takeLink(
  db: Db,
  idHash: string,
  purposes: readonly LinkPurpose[],
  now: Date,
): Promise<LinkRow | null> {
  const row = await db
    .updateTable('one_time_link')
    .set({ used_at: now })
    .where('id_hash', '=', idHash)
    .where('purpose', 'in', [...purposes])
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['purpose', 'account_id', 'data'])
    .executeTakeFirst();
  return row ?? null;
}

/** Was the link of this purpose used, for the same value of `email`, while it was still good? */
export async function wasConfirmed(
  db: Db,
  accountId: string,
  purpose: LinkPurpose,
  email: string,
  now: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom('one_time_link')
    .select('id_hash')
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .where('used_at', 'is not', null)
    .where('expires_at', '>', now)
    .where(sql<string>`data ->> 'email'`, '=', email)
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteLinks(
  db: Db,
  accountId: string,
  purposes: readonly LinkPurpose[],
): Promise<void> {
  await db
    .deleteFrom('one_time_link')
    .where('account_id', '=', accountId)
    .where('purpose', 'in', [...purposes])
    .execute();
}

export interface ConsentText {
  document: ConsentDocument;
  version: string;
  lang: Lang;
  body: string;
}

/** Stores the text as it was read, and that it was agreed to. Throws when a text changed under its old version. */
export async function insertConsent(db: Db, accountId: string, text: ConsentText, now: Date): Promise<void> {
  const { document, version, lang, body } = text;
  await db
    .insertInto('consent_text')
    .values({ document, version, lang, body, required: isRequiredConsent(document) })
    .onConflict((conflict) => conflict.columns(['document', 'version', 'lang']).doNothing())
    .execute();
  const stored = await db
    .selectFrom('consent_text')
    .select('body')
    .where('document', '=', document)
    .where('version', '=', version)
    .where('lang', '=', lang)
    .executeTakeFirstOrThrow();
  if (stored.body !== body) throw new Error(`The text of consent ${document} changed without a new version.`);
  await db
    .insertInto('consent')
    .values({ account_id: accountId, document, version, lang, given_at: now })
    .execute();
}

export async function withdrawConsents(
  db: Db,
  accountId: string,
  documents: readonly ConsentDocument[],
  now: Date,
): Promise<void> {
  await db
    .updateTable('consent')
    .set({ withdrawn_at: now })
    .where('account_id', '=', accountId)
    .where('document', 'in', [...documents])
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** The consents of an account that hold now. */
export async function currentConsents(db: Db, accountId: string) {
  return db
    .selectFrom('consent')
    .select(['document', 'version', 'lang', 'given_at'])
    .where('account_id', '=', accountId)
    .where('withdrawn_at', 'is', null)
    .orderBy('given_at')
    .execute();
}

export async function putOffice(
  db: Db,
  accountId: string,
  agency: Agency,
  administrator: boolean,
): Promise<void> {
  await db
    .insertInto('office')
    .values({ account_id: accountId, agency, administrator })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ agency, administrator }))
    .execute();
}

export async function deleteOffice(db: Db, accountId: string): Promise<boolean> {
  const result = await db.deleteFrom('office').where('account_id', '=', accountId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Holds all officials' rows until the transaction ends, so that two removals see each other. */
export async function lockOffices(db: Db): Promise<{ account_id: string; administrator: boolean }[]> {
  return db
    .selectFrom('office')
    .select(['account_id', 'administrator'])
    .orderBy('account_id')
    .forUpdate()
    .execute();
}

/** Ended links, and accounts whose mail address was never confirmed. Answers how many accounts. */
export async function deleteStale(db: Db, linksBefore: Date, unverifiedBefore: Date): Promise<number> {
  await db.deleteFrom('one_time_link').where('expires_at', '<', linksBefore).execute();
  const result = await db
    .deleteFrom('account')
    .where('email_verified_at', 'is', null)
    .where('created_at', '<', unverifiedBefore)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('membership').select('account_id').whereRef('account_id', '=', 'account.id')),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('office').select('account_id').whereRef('account_id', '=', 'account.id')),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
