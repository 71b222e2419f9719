import { sql, type Kysely } from 'kysely';
import type { Audience, NoticeEvent } from '#lib/domain/notice/notice.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Db = Kysely<Database>;

export interface Recipient {
  id: string;
  email: string;
  lang: Lang;
}

/** The people of an audience with a confirmed mail address. */
export async function recipientsOf(db: Db, to: Audience, except: string | null): Promise<Recipient[]> {
  let people = db
    .selectFrom('account')
    .select(['account.id', 'account.email', 'account.lang'])
    .where('account.email_verified_at', 'is not', null)
    .orderBy('account.id');
  if (except !== null) people = people.where('account.id', '<>', except);
  if ('accountId' in to) return people.where('account.id', '=', to.accountId).execute();
  if ('officials' in to) {
    let officials = db.selectFrom('office').select('account_id');
    if (to.only === 'administrators') officials = officials.where('administrator', '=', true);
    return people.where('account.id', 'in', officials).execute();
  }
  let members = db
    .selectFrom('membership')
    .select('account_id')
    .where('organisation_id', '=', to.organisationId);
  if (to.roles) members = members.where('role', 'in', [...to.roles]);
  return people.where('account.id', 'in', members).execute();
}

/** Puts the notice into the inboxes that do not have it yet. */
export async function insertNotices(
  db: Db,
  event: NoticeEvent,
  people: readonly Recipient[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return;
  const organisationId = 'organisationId' in event.to ? event.to.organisationId : null;
  await db
    .insertInto('notice')
    .values(
      people.map((person) => ({
        account_id: person.id,
        organisation_id: organisationId,
        kind: event.kind,
        event_key: event.key,
        data: JSON.stringify(event.data),
        path: event.path,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['account_id', 'event_key']).doNothing())
    .execute();
}

export interface NewMail {
  key: string;
  to: string;
  lang: Lang;
  subject: string;
  body: string;
  /** Where the receiver stops mails of this sort, for mails that can be stopped. */
  stopUrl?: string;
}

/** Writes mails that were not written before; answers the ids of the new ones. */
export async function insertMails(db: Db, mails: readonly NewMail[], now: Date): Promise<string[]> {
  if (mails.length === 0) return [];
  const rows = await db
    .insertInto('mail')
    .values(
      mails.map((mail) => ({
        event_key: mail.key,
        to_email: mail.to,
        lang: mail.lang,
        subject: mail.subject,
        body: mail.body,
        stop_url: mail.stopUrl ?? null,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['to_email', 'event_key']).doNothing())
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** A mail that was not sent yet, held against other senders until the transaction ends; null when none. */
export async function lockUnsentMail(db: Db, id: string) {
  return (
    (await db
      .selectFrom('mail')
      .select(['id', 'to_email', 'lang', 'subject', 'body', 'stop_url'])
      .where('id', '=', id)
      .where('sent_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()) ?? null
  );
}

/** The server took it. Its text may hold a link that opens an account, so it is not kept. */
export async function markMailSent(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('mail')
    .set({ sent_at: now, body: '', stop_url: null, attempts: sql`attempts + 1`, last_error: null })
    .where('id', '=', id)
    .execute();
}

export async function noteMailFailure(db: Db, id: string, error: string): Promise<void> {
  await db
    .updateTable('mail')
    .set({ attempts: sql`attempts + 1`, last_error: error.slice(0, 500) })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute();
}

/** Notices of one person: all, one, or those that lead to a path and concern an organisation or nobody in particular. */
export type WhichNotices = 'all' | { id: string } | { path: string; organisationId: string | null };

/** Marks notices of one person as read. Answers how many. */
export async function markRead(db: Db, accountId: string, which: WhichNotices, now: Date): Promise<number> {
  let update = db
    .updateTable('notice')
    .set({ read_at: now })
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null);
  if (which !== 'all' && 'id' in which) update = update.where('id', '=', which.id);
  if (which !== 'all' && 'path' in which) {
    const { path, organisationId } = which;
    update = update
      .where('path', '=', path)
      .where((eb) => eb.or([eb('organisation_id', 'is', null), eb('organisation_id', '=', organisationId)]));
  }
  const result = await update.executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Removes what nobody needs any more: old mails, old read notices. */
export async function deleteOld(db: Db, mailsBefore: Date, noticesBefore: Date): Promise<void> {
  await db.deleteFrom('mail').where('created_at', '<', mailsBefore).execute();
  await db
    .deleteFrom('notice')
    .where('created_at', '<', noticesBefore)
    .where('read_at', 'is not', null)
    .execute();
}
