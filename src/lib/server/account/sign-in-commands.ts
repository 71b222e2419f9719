import { accountOf } from '#lib/domain/account/actor.ts';
import { actorFor } from '#lib/domain/account/hat.ts';
import { isSignedIn } from '#lib/domain/account/policy.ts';
import { countAttempts, forgetAttempts, uncountAttempt, type TooMany } from '#lib/server/account/limits.ts';
import { accountByEmail, accountById } from '#lib/server/account/repository.ts';
import { verifyPassword } from '#lib/server/auth/password.ts';
import {
  changeHat,
  endAllSessions,
  endOtherSessions,
  endOwnSession,
  endSession,
  startSession,
  type Browser,
  type Session,
} from '#lib/server/auth/session.ts';
import { command } from '#lib/server/platform/command.ts';
import { config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done, refuse, type Outcome } from '#lib/server/platform/result.ts';

/**
 * Signs a person in by mail address and password. A wrong password, no such account and a wrong address are one
 * answer after the same work. `not-verified` is told only to who knows the password.
 */
export async function signIn(
  ctx: Context,
  input: { email: string; password: string },
  browser: Browser,
): Promise<Outcome<{ token: string; accountId: string }> | TooMany> {
  const tooMany = await countAttempts(
    ctx,
    ['sign-in-account', input.email],
    ['sign-in-address', browser.address],
  );
  if (tooMany) return tooMany;
  const account = await accountByEmail(ctx.db, input.email);
  const right = await verifyPassword(account?.password_hash ?? null, input.password);
  if (account === null || !right) return refuse('wrong');
  await forgetAttempts(ctx, ['sign-in-account', input.email]);
  await uncountAttempt(ctx, ['sign-in-address', browser.address]);
  if (account.email_verified_at === null) return refuse('not-verified');
  return openSession(ctx, { accountId: account.id, browser });
}

/** Opens a session for a person who has shown who they are: by password, by a confirmed mail, in the demonstration. */
export async function openSession(
  ctx: Context,
  input: { accountId: string; browser: Browser },
): Promise<Outcome<{ token: string; accountId: string }>> {
  const account = await accountById(ctx.db, input.accountId);
  if (account === null) return refuse('not-found');
  // From here on it is this person who acts, not a visitor: the trail says so.
  const verified = account.email_verified_at !== null;
  return writeSession({ ...ctx, actor: actorFor({ ...account, verified }, null) }, input);
}

const writeSession = command({
  name: 'account.sign-in',
  policy: isSignedIn,
  async run(tx, { accountId, browser }: { accountId: string; browser: Browser }) {
    const token = await startSession(tx.db, accountId, browser, tx.now);
    await tx.audit({ action: 'account.sign-in', object: { kind: 'account', id: accountId } });
    return done({ token, accountId });
  },
});

/** Signs in as one of the demonstration's people, without a password. Refused outside a demonstration. */
export async function signInToDemo(
  ctx: Context,
  email: string,
  browser: Browser,
): Promise<Outcome<{ token: string; accountId: string }>> {
  if (!config().demo) return refuse('not-found');
  const account = await accountByEmail(ctx.db, email);
  if (account === null || !isDemoEmail(email)) return refuse('not-found');
  return openSession(ctx, { accountId: account.id, browser });
}

/** The people of the demonstration, in the order shown. */
export const DEMO_PEOPLE = [
  { who: 'company', email: 'company@demo.gwangmaek.example' },
  { who: 'lead', email: 'lead@demo.gwangmaek.example' },
  { who: 'official-a', email: 'official-a@demo.gwangmaek.example' },
  { who: 'official-b', email: 'official-b@demo.gwangmaek.example' },
  { who: 'administrator', email: 'admin@demo.gwangmaek.example' },
] as const;
export type DemoPerson = (typeof DEMO_PEOPLE)[number]['who'];

function isDemoEmail(email: string): boolean {
  return DEMO_PEOPLE.some((person) => person.email === email);
}

/** Which one-click sign-ins there are; none outside a demonstration. */
export function demoPeople(): DemoPerson[] {
  return config().demo ? DEMO_PEOPLE.map((person) => person.who) : [];
}

/** Ends the session of this browser. */
export const signOut = command({
  name: 'account.sign-out',
  policy: isSignedIn,
  async run(tx, { sessionId }: { sessionId: string }) {
    await endSession(tx.db, sessionId);
    if (tx.accountId !== null) {
      await tx.audit({ action: 'account.sign-out', object: { kind: 'account', id: tx.accountId } });
    }
    return done();
  },
});

/** Ends sessions of the person: all, all others, or one of the list. */
export const endSessions = command({
  name: 'account.end-sessions',
  policy: isSignedIn,
  async run(tx, which: { all: true } | { allBut: string } | { one: string }) {
    const accountId = accountOf(tx.actor);
    if (accountId === null) return refuse('not-found');
    if ('all' in which) await endAllSessions(tx.db, accountId);
    else if ('allBut' in which) await endOtherSessions(tx.db, accountId, which.allBut);
    else if (!(await endOwnSession(tx.db, accountId, which.one))) return refuse('not-found');
    await tx.audit({
      action: 'account.end-sessions',
      object: { kind: 'account', id: accountId },
      after: { which: 'all' in which ? 'all' : 'allBut' in which ? 'others' : 'one' },
    });
    return done();
  },
});

/** Puts on another hat of one's own. The session gets a new token. */
export const actAs = command({
  name: 'account.act-as',
  policy: isSignedIn,
  async run(tx, input: { session: Session; hat: string; browser: Browser }) {
    const { session, hat, browser } = input;
    if (session.account.id !== tx.accountId) return refuse('not-found');
    if (!session.hats.some((held) => held.key === hat)) return refuse('not-found');
    const token = await changeHat(tx.db, session, hat, browser, tx.now);
    await tx.audit({
      action: 'account.act-as',
      object: { kind: 'account', id: session.account.id },
      before: { hat: session.acting },
      after: { hat },
    });
    return done({ token });
  },
});
