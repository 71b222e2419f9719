import { isSignedIn, isSystem } from '#lib/domain/account/policy.ts';
import type { NoticeEvent } from '#lib/domain/notice/notice.ts';
import { mailBody } from '#lib/i18n/mails.ts';
import { noticeText } from '#lib/i18n/notices.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { addressOf } from '#lib/server/notice/mail.ts';
import {
  deleteOld,
  insertMails,
  insertNotices,
  lockUnsentMail,
  markMailSent,
  markRead,
  recipientsOf,
  type NewMail,
  type Recipient,
  type WhichNotices,
} from '#lib/server/notice/repository.ts';
import { command } from '#lib/server/platform/command.ts';
import { sendOverSmtp } from '#lib/server/platform/mail.ts';
import { done, refuse } from '#lib/server/platform/result.ts';

const openHere = msg({ ko: '열기', en: 'Open' });

function mailOf(event: NoticeEvent, person: Recipient): NewMail {
  const lang: Lang = person.lang;
  const { subject, text } = noticeText(lang, event.kind, event.data);
  const body = `${subject}\n\n${text}\n\n${openHere(lang)}: ${addressOf(lang, event.path)}`;
  return { key: event.key, to: person.email, lang, subject, body: mailBody(lang, body) };
}

/**
 * Puts an event into the inbox and the mail of everyone it concerns. Who has it already is left alone, so that
 * a repetition tells nobody twice. Leaves no audit row: the act itself did.
 */
export const deliverNotice = command({
  name: 'notice.deliver',
  policy: isSystem,
  async run(tx, event: NoticeEvent) {
    const people = await recipientsOf(tx.db, event.to, event.except ?? null);
    await insertNotices(tx.db, event, people, tx.now);
    const mails = await insertMails(
      tx.db,
      people.map((person) => mailOf(event, person)),
      tx.now,
    );
    for (const id of mails) await tx.job('mail.send', { id }, { key: `mail.send:${id}` });
    return done({ people: people.length, mails: mails.length });
  },
});

export interface Alert {
  event: NoticeEvent & { to: { accountId: string } };
  /** In the person's language, with the links of their own; null: in the inbox only. */
  mail: { subject: string; body: string; stopUrl: string } | null;
}

/**
 * Tells one person something in words of its own: a notice, and a mail that can be stopped. For use within the
 * transaction that notes that it was told. Who has no confirmed address is told nothing.
 */
export const deliverAlert = command({
  name: 'notice.deliver-alert',
  policy: isSystem,
  async run(tx, { event, mail }: Alert) {
    const people = await recipientsOf(tx.db, event.to, null);
    await insertNotices(tx.db, event, people, tx.now);
    if (mail === null) return done({ people: people.length });
    const mails = await insertMails(
      tx.db,
      people.map(({ email: to, lang }) => ({ ...mail, key: event.key, to, lang })),
      tx.now,
    );
    for (const id of mails) await tx.job('mail.send', { id }, { key: `mail.send:${id}` });
    return done({ people: people.length });
  },
});

/**
 * Sends one mail and notes it in the same transaction; the row is held meanwhile, so two senders send it once.
 * Throws what the mail server says against it.
 */
export const sendOneMail = command({
  name: 'mail.send',
  policy: isSystem,
  async run(tx, { id }: { id: string }) {
    const mail = await lockUnsentMail(tx.db, id);
    if (mail === null) return done({ sent: false });
    const { to_email: to, subject, body: text, lang, stop_url: stopUrl } = mail;
    await sendOverSmtp({ id, to, subject, text, lang, stopUrl });
    await markMailSent(tx.db, id, tx.now);
    return done({ sent: true });
  },
});

/** Marks a person's own notices as read. No audit row: it changes nothing for anyone else. */
export const readNotices = command({
  name: 'notice.read',
  policy: isSignedIn,
  async run(tx, which: WhichNotices) {
    if (tx.accountId === null) return refuse('not-found');
    const count = await markRead(tx.db, tx.accountId, which, tx.now);
    return done({ count });
  },
});

/** Removes old mails and read notices (nightly). */
export const clearOldNotices = command({
  name: 'notice.clear-old',
  policy: isSystem,
  async run(tx, before: { mailsBefore: Date; noticesBefore: Date }) {
    await deleteOld(tx.db, before.mailsBefore, before.noticesBefore);
    return done();
  },
});
