import { createTransport, type Transporter } from 'nodemailer';
import { config } from '#lib/server/platform/config.ts';

export interface OutgoingMail {
  to: string;
  subject: string;
  text: string;
  lang: string;
  /** Where mails of this sort are stopped; null for those that cannot be. */
  stopUrl: string | null;
  /** Same mail, same id: a server that sees it twice can tell. */
  id: string;
}

let transport: Transporter | undefined;

/** A mail server that does not answer must not hold a job and its transaction for longer than this, in ms. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** The address of a mail server with the times it is waited for, unless it says others itself. */
export function patientAddress(url: string): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(PATIENCE)) {
    if (!address.searchParams.has(name)) address.searchParams.set(name, String(value));
  }
  return address.href;
}

function transporter(url: string): Transporter {
  transport ??= createTransport(patientAddress(url));
  return transport;
}

/** Is there a mail server? Without one, mail stays in the outbox of the demonstration. */
export function mailLeaves(): boolean {
  return config().smtpUrl !== null;
}

/** Hands one mail to the server of SMTP_URL; resolves when it has taken it. Throws when it does not. */
export async function sendOverSmtp(mail: OutgoingMail): Promise<void> {
  const { smtpUrl, mailFrom } = config();
  if (smtpUrl === null) throw new Error('SMTP_URL is not set.');
  await transporter(smtpUrl).sendMail({
    from: { name: 'Gwangmaek 광맥', address: mailFrom },
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    messageId: `<${mail.id}@${new URL(config().origin).hostname}>`,
    headers: {
      'Content-Language': mail.lang,
      'Auto-Submitted': 'auto-generated',
      // The page asks once more before it stops anything: programs that follow links in mails stop nothing.
      ...(mail.stopUrl === null ? {} : { 'List-Unsubscribe': `<${mail.stopUrl}>` }),
    },
  });
}
