import { passwordIssue } from '#lib/domain/account/password.ts';
import { anyone, isSignedIn } from '#lib/domain/account/policy.ts';
import { countAttempts, forgetAttempts, inSameTime, type TooMany } from '#lib/server/account/limits.ts';
import {
  accountByEmail,
  accountById,
  deleteLinks,
  peekLink,
  putLink,
  takeLink,
  updateAccount,
  wasConfirmed,
  type AccountRow,
} from '#lib/server/account/repository.ts';
import { hashPassword, verifyPassword } from '#lib/server/auth/password.ts';
import { endAllSessions, endOtherSessions } from '#lib/server/auth/session.ts';
import { writeAccountMail } from '#lib/server/notice/mail.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { accountOf } from '#lib/domain/account/actor.ts';
import { done, refuse, type Outcome } from '#lib/server/platform/result.ts';
import { hashToken, newToken } from '#lib/server/platform/tokens.ts';

const HOUR_MS = 3_600_000;
const RESET_MS = HOUR_MS;
const CHANGE_MS = 24 * HOUR_MS;

/** Asks for a new password. The same answer in the same time whether there is such an account. */
export async function requestReset(
  ctx: Context,
  input: { email: string },
  address: string,
): Promise<Outcome<undefined> | TooMany> {
  const tooMany = await countAttempts(ctx, ['mail-address', address], ['mail-account', input.email]);
  return tooMany ?? inSameTime(() => writeResetRequest(ctx, input));
}

const writeResetRequest = command({
  name: 'account.request-reset',
  policy: anyone,
  async run(tx, { email }: { email: string }) {
    const account = await accountByEmail(tx.db, email);
    if (account === null) return done();
    const token = await putReset(tx, account.id, RESET_MS);
    await writeAccountMail(tx, {
      mail: 'reset',
      key: `reset:${hashToken(token).slice(0, 32)}`,
      to: account.email,
      lang: account.lang,
      path: `/reset/${token}`,
      values: { name: account.email_verified_at === null ? '' : account.name },
    });
    await tx.audit({ action: 'account.request-reset', object: { kind: 'account', id: account.id } });
    return done();
  },
});

/** A link with which a password is set once. Answers its token. */
export async function putReset(tx: WriteContext, accountId: string, lifeMs: number): Promise<string> {
  const token = newToken();
  await putLink(tx.db, {
    purpose: 'reset-password',
    accountId,
    idHash: hashToken(token),
    expiresAt: new Date(tx.now.getTime() + lifeMs),
  });
  return token;
}

/** Can this link still set a password, and whose? */
export async function resetOf(ctx: Context, token: string): Promise<{ email: string } | null> {
  const link = await peekLink(ctx.db, hashToken(token), ['reset-password'], ctx.now());
  const account = link && (await accountById(ctx.db, link.account_id));
  return account && { email: account.email };
}

/** Sets a new password by a link, once, and signs the person out everywhere. The link also shows the mail is theirs. */
export async function resetPassword(
  ctx: Context,
  input: { token: string; password: string },
  address: string,
): Promise<Outcome<undefined> | TooMany> {
  const tooMany = await countAttempts(ctx, ['link-address', address]);
  if (tooMany) return tooMany;
  const whose = await resetOf(ctx, input.token);
  if (whose === null) return refuse('link-used');
  const issue = passwordIssue(input.password, whose);
  if (issue) return refuse('invalid', { password: issue });
  const outcome = await writeReset(ctx, {
    token: input.token,
    passwordHash: await hashPassword(input.password),
  });
  if (outcome.ok) await forgetAttempts(ctx, ['sign-in-account', whose.email]);
  return outcome;
}

const writeReset = command({
  name: 'account.reset-password',
  policy: anyone,
  async run(tx, { token, passwordHash }: { token: string; passwordHash: string }) {
    const link = await takeLink(tx.db, hashToken(token), ['reset-password'], tx.now);
    const account = link && (await accountById(tx.db, link.account_id));
    if (!account) return refuse('link-used');
    await updateAccount(tx.db, account.id, {
      passwordHash,
      ...(account.email_verified_at === null ? { verifiedAt: tx.now } : {}),
    });
    await endAllSessions(tx.db, account.id);
    // Whoever asked for another address before does not get it by a link that is still under way.
    await deleteLinks(tx.db, account.id, ['change-email-old', 'change-email-new']);
    await tellPasswordChanged(tx, account);
    await tx.audit({ action: 'account.reset-password', object: { kind: 'account', id: account.id } });
    return done();
  },
});

async function tellPasswordChanged(tx: WriteContext, account: AccountRow): Promise<void> {
  await writeAccountMail(tx, {
    mail: 'passwordChanged',
    key: `password-changed:${newToken()}`,
    to: account.email,
    lang: account.lang,
    path: '/reset',
    values: { name: account.name },
  });
}

/** The person behind the actor with the password they gave; a refusal when it is wrong or was tried too often. */
async function confirmed(ctx: Context, password: string): Promise<AccountRow | TooMany | Outcome<never>> {
  const accountId = accountOf(ctx.actor);
  const account = accountId === null ? null : await accountById(ctx.db, accountId);
  if (account === null) return refuse('forbidden');
  const tooMany = await countAttempts(ctx, ['sign-in-account', account.email]);
  if (tooMany) return tooMany;
  if (!(await verifyPassword(account.password_hash, password))) {
    return refuse('invalid', { current_password: 'wrong-password' });
  }
  await forgetAttempts(ctx, ['sign-in-account', account.email]);
  return account;
}

const isAccount = (found: object): found is AccountRow => 'password_hash' in found;

/** Changes the password of the person signed in and ends their other sessions. */
export async function changePassword(
  ctx: Context,
  input: { currentPassword: string; password: string; sessionId: string },
): Promise<Outcome<{ ended: number }> | TooMany> {
  const account = await confirmed(ctx, input.currentPassword);
  if (!isAccount(account)) return account;
  const issue = passwordIssue(input.password, account);
  if (issue) return refuse('invalid', { password: issue });
  return writePassword(ctx, {
    sessionId: input.sessionId,
    passwordHash: await hashPassword(input.password),
  });
}

const writePassword = command({
  name: 'account.change-password',
  policy: isSignedIn,
  async run(tx, { sessionId, passwordHash }: { sessionId: string; passwordHash: string }) {
    const account = tx.accountId === null ? null : await accountById(tx.db, tx.accountId);
    if (account === null) return refuse('forbidden');
    await updateAccount(tx.db, account.id, { passwordHash });
    const ended = await endOtherSessions(tx.db, account.id, sessionId);
    await deleteLinks(tx.db, account.id, ['reset-password', 'change-email-old', 'change-email-new']);
    await tellPasswordChanged(tx, account);
    await tx.audit({ action: 'account.change-password', object: { kind: 'account', id: account.id } });
    return done({ ended });
  },
});

/** Asks for another mail address: a link goes to both, and the change waits for both to be confirmed. */
export async function requestEmailChange(
  ctx: Context,
  input: { currentPassword: string; email: string },
): Promise<Outcome<undefined> | TooMany> {
  const account = await confirmed(ctx, input.currentPassword);
  if (!isAccount(account)) return account;
  if (input.email === account.email) return refuse('invalid', { email: 'taken' });
  const tooMany = await countAttempts(ctx, ['mail-account', account.email], ['mail-account', input.email]);
  return tooMany ?? inSameTime(() => writeEmailRequest(ctx, { email: input.email }));
}

const writeEmailRequest = command({
  name: 'account.request-email-change',
  policy: isSignedIn,
  async run(tx, { email }: { email: string }) {
    const account = tx.accountId === null ? null : await accountById(tx.db, tx.accountId);
    if (account === null) return refuse('forbidden');
    await tx.audit({
      action: 'account.request-email-change',
      object: { kind: 'account', id: account.id },
    });
    const holder = await accountByEmail(tx.db, email);
    if (holder?.email_verified_at) {
      await writeAccountMail(tx, {
        mail: 'emailTaken',
        key: `email-taken:${newToken()}`,
        to: email,
        lang: holder.lang,
        path: '/sign-in',
      });
      return done();
    }
    for (const side of ['old', 'new'] as const) await sendChangeLink(tx, account, email, side);
    return done();
  },
});

async function sendChangeLink(
  tx: WriteContext,
  account: AccountRow,
  newEmail: string,
  side: 'old' | 'new',
): Promise<void> {
  const token = newToken();
  await putLink(tx.db, {
    purpose: `change-email-${side}`,
    accountId: account.id,
    idHash: hashToken(token),
    data: { email: newEmail },
    expiresAt: new Date(tx.now.getTime() + CHANGE_MS),
  });
  await writeAccountMail(tx, {
    mail: side === 'old' ? 'changeOld' : 'changeNew',
    key: `change-email:${hashToken(token).slice(0, 32)}`,
    to: side === 'old' ? account.email : newEmail,
    lang: account.lang,
    path: `/verify/${token}`,
    values: { name: side === 'old' ? account.name : '', newEmail },
  });
}

export interface PendingChange {
  side: 'old' | 'new';
  email: string;
  newEmail: string;
}

const CHANGE_LINKS = ['change-email-old', 'change-email-new'] as const;

/** What a link of a change of mail is about, without using it. */
export async function emailChangeOf(ctx: Context, token: string): Promise<PendingChange | null> {
  const link = await peekLink(ctx.db, hashToken(token), CHANGE_LINKS, ctx.now());
  const account = link && (await accountById(ctx.db, link.account_id));
  if (!link || !account) return null;
  const side = link.purpose === 'change-email-old' ? 'old' : 'new';
  return { side, email: account.email, newEmail: link.data['email'] ?? '' };
}

/** Confirms one side. The address changes when both sides have; answers which of the two it was. */
export const confirmEmailChange = command({
  name: 'account.confirm-email-change',
  policy: anyone,
  async run(tx, { token }: { token: string }) {
    const idHash = hashToken(token);
    const known = await peekLink(tx.db, idHash, CHANGE_LINKS, tx.now);
    if (known === null) return refuse('link-used');
    // Both links at once: the second waits here and then sees the first one's confirmation.
    await lockRow(tx.db, 'account', known.account_id);
    const link = await takeLink(tx.db, idHash, CHANGE_LINKS, tx.now);
    const account = link && (await accountById(tx.db, link.account_id));
    const email = link?.data['email'];
    if (!account || email === undefined) return refuse('link-used');
    const other = link.purpose === 'change-email-old' ? 'change-email-new' : 'change-email-old';
    if (!(await wasConfirmed(tx.db, account.id, other, email, tx.now))) {
      await tx.audit({
        action: 'account.confirm-email-side',
        object: { kind: 'account', id: account.id },
        after: { purpose: link.purpose },
      });
      return done({ changed: false });
    }
    return applyEmailChange(tx, account, email);
  },
});

async function applyEmailChange(tx: WriteContext, account: AccountRow, email: string) {
  const holder = await accountByEmail(tx.db, email);
  if (holder !== null) return refuse('link-used');
  await updateAccount(tx.db, account.id, { email, verifiedAt: tx.now });
  await deleteLinks(tx.db, account.id, [...CHANGE_LINKS, 'reset-password']);
  for (const to of [account.email, email]) {
    await writeAccountMail(tx, {
      mail: 'emailChanged',
      key: `email-changed:${newToken()}`,
      to,
      lang: account.lang,
      path: '/sign-in',
      values: { name: account.name, newEmail: email },
    });
  }
  await tx.audit({ action: 'account.change-email', object: { kind: 'account', id: account.id } });
  return done({ changed: true });
}
