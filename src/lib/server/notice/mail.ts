import { href } from '#lib/i18n/address.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { accountMails, mailBody, type AccountMail, type MailValues } from '#lib/i18n/mails.ts';
import { insertMails } from '#lib/server/notice/repository.ts';
import type { WriteContext } from '#lib/server/platform/command.ts';
import { config } from '#lib/server/platform/config.ts';

/** The whole address of a path, for a mail. */
export function addressOf(lang: Lang, path: string): string {
  return config().origin + href(lang, path);
}

export interface AccountMailRequest {
  mail: AccountMail;
  /** Names the mail once and for all: the same key reaches an address once. */
  key: string;
  to: string;
  lang: Lang;
  /** Path of the link, without language prefix. */
  path: string;
  values?: Partial<Omit<MailValues, 'link'>>;
}

/** Writes a mail about an account in the transaction of what it tells of, and asks for it to be sent. */
export async function writeAccountMail(tx: WriteContext, request: AccountMailRequest): Promise<void> {
  const { mail, key, to, lang, path } = request;
  const values: MailValues = {
    name: '',
    organisation: '',
    by: '',
    newEmail: '',
    ...request.values,
    link: addressOf(lang, path),
  };
  const { subject, text } = accountMails[mail];
  const body = mailBody(lang, text(lang, values));
  const ids = await insertMails(tx.db, [{ key, to, lang, subject: subject(lang, values), body }], tx.now);
  for (const id of ids) await tx.job('mail.send', { id }, { key: `mail.send:${id}` });
}
