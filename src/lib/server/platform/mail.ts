import { createTransport, type Transporter } from 'nodemailer';
import { config } from '#lib/server/platform/config.ts';

export interface OutgoingMail {
  to: string;
  subject: string;
  text: string;
  lang: string;
  /** Same mail, same id: a server that sees it twice can tell. */
  id: string;
}

let transport: Transporter | undefined;

function transporter(url: string): Transporter {
  transport ??= createTransport(url);
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
    headers: { 'Content-Language': mail.lang, 'Auto-Submitted': 'auto-generated' },
  });
}
