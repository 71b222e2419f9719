import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './postgres.ts';
import { VISITOR, type Actor } from '#lib/domain/account/actor.ts';
import { actorFor, type Hat } from '#lib/domain/account/hat.ts';
import { signIn } from '#lib/server/account/sign-in-commands.ts';
import { signUp, verifyEmail, type SignUp } from '#lib/server/account/sign-up-commands.ts';
import { readSession, type Session } from '#lib/server/auth/session.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Outcome } from '#lib/server/platform/result.ts';

/** People who sign up and in through the product's own commands. */

export const BROWSER = { agent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0', address: '192.0.2.7' };
export const PASSWORD = 'four wet lizards sing';

export function contextOf(
  database: TestDatabase,
  actor: Actor = VISITOR,
  now: () => Date = () => new Date(),
  lang: 'ko' | 'en' = 'en',
): Context {
  return { db: database.db, actor, now, lang, requestId: 'test' };
}

export const newEmail = () => `p${randomUUID().slice(0, 12)}@example.test`;

export function signUpInput(changes: Partial<SignUp> = {}): SignUp {
  return {
    email: newEmail(),
    name: 'Han Bada',
    password: PASSWORD,
    intent: 'company',
    consents: ['terms', 'privacy'],
    browserToken: 'browser-of-the-test',
    ...changes,
  };
}

export interface MailSeen {
  id: string;
  subject: string;
  body: string;
  /** Last part of the link in it. */
  token: string;
}

/** The mails to an address, newest first. */
export async function mailsTo(database: TestDatabase, email: string): Promise<MailSeen[]> {
  const rows = await database.db
    .selectFrom('mail')
    .select(['id', 'subject', 'body'])
    .where('to_email', '=', email)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    ...row,
    token: /https?:\/\/\S+\/([\w-]+)(?=\s|$)/.exec(row.body)?.[1] ?? '',
  }));
}

/** The token in the newest mail to an address. */
export async function tokenTo(database: TestDatabase, email: string): Promise<string> {
  const [mail] = await mailsTo(database, email);
  if (!mail) throw new Error(`No mail to ${email}`);
  return mail.token;
}

/** Signs somebody up and confirms their mail address. */
export async function newPerson(
  database: TestDatabase,
  changes: Partial<SignUp> = {},
): Promise<{ id: string; email: string }> {
  const input = signUpInput(changes);
  const ctx = contextOf(database);
  await ok(signUp(ctx, input, '192.0.2.1'));
  const token = await tokenTo(database, input.email);
  const { accountId } = await ok(
    verifyEmail(ctx, { token, browserToken: input.browserToken, password: '' }, '192.0.2.1'),
  );
  return { id: accountId, email: input.email };
}

/** Signs in and reads the session, as a request would. */
export async function sessionFor(
  database: TestDatabase,
  email: string,
): Promise<Session & { token: string }> {
  const { token } = await ok(signIn(contextOf(database), { email, password: PASSWORD }, BROWSER));
  const found = await readSession(database.db, token, new Date());
  if (!found) throw new Error('No session');
  return { ...found.session, token };
}

/** The actor of a session, with the hat it wears. */
export function actorOf(session: Session): Actor {
  return actorFor(session.account, session.hats.find((hat: Hat) => hat.key === session.acting) ?? null);
}

/** Signs in and acts. */
export async function signedIn(database: TestDatabase, email: string): Promise<Context> {
  return contextOf(database, actorOf(await sessionFor(database, email)));
}

export async function ok<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`refused: ${settled.code} ${JSON.stringify(settled.fields ?? {})}`);
  return settled.value;
}

/** The code of a refusal, `done` when there was none. */
export async function codeOf(outcome: Promise<Outcome<unknown>>): Promise<string> {
  const settled = await outcome;
  return settled.ok ? 'done' : settled.code;
}
