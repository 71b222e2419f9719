import type { Intent } from '#lib/domain/account/account.ts';
import { missingConsents, type ConsentDocument } from '#lib/domain/account/consent.ts';
import { passwordIssue } from '#lib/domain/account/password.ts';
import { anyone } from '#lib/domain/account/policy.ts';
import { consentText } from '#lib/i18n/consents.ts';
import {
  countAttempts,
  forgetAttempts,
  inSameTime,
  uncountAttempt,
  type TooMany,
} from '#lib/server/account/limits.ts';
import {
  accountByEmail,
  accountById,
  insertAccount,
  insertConsent,
  latestLink,
  peekLink,
  putLink,
  takeLink,
  updateAccount,
  withdrawConsents,
  type AccountRow,
} from '#lib/server/account/repository.ts';
import { hashPassword, verifyPassword } from '#lib/server/auth/password.ts';
import { writeAccountMail } from '#lib/server/notice/mail.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done, refuse, type Outcome } from '#lib/server/platform/result.ts';
import { hashToken, newToken } from '#lib/server/platform/tokens.ts';

const DAY_MS = 86_400_000;

export interface SignUp {
  email: string;
  name: string;
  password: string;
  intent: Exclude<Intent, 'official'>;
  consents: ConsentDocument[];
  /** Secret kept in the browser: confirming the mail in the same browser signs in at once. */
  browserToken: string;
}

/**
 * Signs a person up and sends the mail that confirms the address. Whether the address has an account already
 * shows neither in the answer nor in its time, only in that mail.
 */
export async function signUp(
  ctx: Context,
  input: SignUp,
  address: string,
): Promise<Outcome<undefined> | TooMany> {
  const fields = missingConsents(input.consents);
  const issue = passwordIssue(input.password, input);
  if (issue) fields['password'] = issue;
  if (Object.keys(fields).length > 0) return refuse('invalid', fields);
  const tooMany = await countAttempts(ctx, ['sign-up-address', address], ['mail-account', input.email]);
  if (tooMany) return tooMany;
  return inSameTime(async () => {
    const passwordHash = await hashPassword(input.password);
    return writeSignUp(ctx, { ...input, passwordHash });
  });
}

const writeSignUp = command({
  name: 'account.sign-up',
  policy: anyone,
  async run(tx, input: SignUp & { passwordHash: string }) {
    const created = await insertAccount(tx.db, { ...input, lang: tx.lang, verifiedAt: null });
    if (created !== null) {
      await begin(tx, created, input);
      return done();
    }
    const existing = await accountByEmail(tx.db, input.email);
    if (existing === null) return done();
    await lockRow(tx.db, 'account', existing.id);
    const locked = await accountById(tx.db, existing.id);
    if (locked?.email_verified_at === null) {
      // Nobody has shown that the address is theirs, so the latest comer decides name and password.
      await updateAccount(tx.db, locked.id, { ...input, lang: tx.lang });
      await begin(tx, locked.id, input);
    } else {
      await tellOwner(tx, existing);
    }
    return done();
  },
});

async function begin(tx: WriteContext, accountId: string, input: SignUp): Promise<void> {
  await withdrawConsents(tx.db, accountId, ['terms', 'privacy', 'contacts-abroad', 'news'], tx.now);
  for (const document of input.consents) {
    await insertConsent(tx.db, accountId, consentText(document, tx.lang), tx.now);
  }
  await sendVerification(tx, { id: accountId, ...input, lang: tx.lang }, hashToken(input.browserToken));
  await tx.audit({
    action: 'account.sign-up',
    object: { kind: 'account', id: accountId },
    after: { intent: input.intent, consents: input.consents },
  });
}

async function tellOwner(tx: WriteContext, account: AccountRow): Promise<void> {
  await writeAccountMail(tx, {
    mail: 'exists',
    key: `exists:${newToken()}`,
    to: account.email,
    lang: account.lang,
    path: '/reset',
    values: { name: account.name },
  });
  await tx.audit({ action: 'account.sign-up-again', object: { kind: 'account', id: account.id } });
}

type Addressee = Pick<AccountRow, 'id' | 'email' | 'lang'>;

/** `browser`: hash of the secret of the browser that signed up; null when that is no longer known. */
async function sendVerification(tx: WriteContext, to: Addressee, browser: string | null): Promise<void> {
  const token = newToken();
  await putLink(tx.db, {
    purpose: 'verify-email',
    accountId: to.id,
    idHash: hashToken(token),
    data: browser === null ? {} : { browser },
    expiresAt: new Date(tx.now.getTime() + DAY_MS),
  });
  await writeAccountMail(tx, {
    mail: 'verify',
    key: `verify:${hashToken(token).slice(0, 32)}`,
    to: to.email,
    lang: to.lang,
    path: `/verify/${token}`,
  });
}

/** Sends the confirming mail once more. The same answer in the same time whether there is anything to confirm. */
export async function resendVerification(
  ctx: Context,
  input: { email: string },
  address: string,
): Promise<Outcome<undefined> | TooMany> {
  const tooMany = await countAttempts(ctx, ['mail-address', address], ['mail-account', input.email]);
  return tooMany ?? inSameTime(() => writeResend(ctx, input));
}

// The link stays tied to the browser that signed up, not to the one that asks: the owner of the address, asking for a
// mail, would else confirm without a question the password of a stranger who signed up with it.
const writeResend = command({
  name: 'account.resend-verification',
  policy: anyone,
  async run(tx, { email }: { email: string }) {
    const found = await accountByEmail(tx.db, email);
    if (found === null) return done();
    // A sign-up at the same moment comes before or after, with its password and its browser.
    await lockRow(tx.db, 'account', found.id);
    const account = await accountById(tx.db, found.id);
    if (account === null || account.email_verified_at !== null) return done();
    const earlier = await latestLink(tx.db, account.id, 'verify-email');
    await sendVerification(tx, account, earlier?.data['browser'] ?? null);
    await tx.audit({
      action: 'account.resend-verification',
      object: { kind: 'account', id: account.id },
    });
    return done();
  },
});

/**
 * Whom a confirming link is for, without using it; null when it cannot be used (any more). `same`: it is opened in
 * the browser that signed up.
 */
export async function verificationOf(
  ctx: Context,
  input: { token: string; browserToken: string | null },
): Promise<{ name: string; email: string; same: boolean } | null> {
  const found = await waitingOf(ctx, input);
  return found && { name: found.account.name, email: found.account.email, same: found.same };
}

async function waitingOf(ctx: Context, input: { token: string; browserToken: string | null }) {
  const link = await peekLink(ctx.db, hashToken(input.token), ['verify-email'], ctx.now());
  const account = link && (await accountById(ctx.db, link.account_id));
  if (link === null || account === null) return null;
  const same = input.browserToken !== null && hashToken(input.browserToken) === link.data['browser'];
  return { account, same };
}

export interface Verification {
  token: string;
  browserToken: string | null;
  /** Asked for in any other browser than the one that signed up. */
  password: string;
}

/**
 * Confirms the mail address; the person is known from then on and may be signed in. In another browser than the one
 * that signed up the password is asked for, because whoever signed up may not be who reads the mail: without it a
 * stranger's password would be confirmed by the owner's click.
 * Refuses with `link-used`, or `wrong` when the password is not the one of the sign-up.
 */
export async function verifyEmail(
  ctx: Context,
  input: Verification,
  address: string,
): Promise<Outcome<{ accountId: string }> | TooMany> {
  const found = await waitingOf(ctx, input);
  if (found === null) return refuse('link-used');
  if (!found.same) {
    const attempt = ['sign-in-account', found.account.email] as const;
    const tooMany = await countAttempts(ctx, attempt, ['sign-in-address', address]);
    if (tooMany) return tooMany;
    if (!(await verifyPassword(found.account.password_hash, input.password))) return refuse('wrong');
    await forgetAttempts(ctx, attempt);
    await uncountAttempt(ctx, ['sign-in-address', address]);
  }
  return writeVerified(ctx, input);
}

// A sign-up in between takes this link away, so the password that was looked at is the one confirmed here.
const writeVerified = command({
  name: 'account.verify-email',
  policy: anyone,
  async run(tx, { token }: Verification) {
    const link = await takeLink(tx.db, hashToken(token), ['verify-email'], tx.now);
    if (link === null) return refuse('link-used');
    await updateAccount(tx.db, link.account_id, { verifiedAt: tx.now });
    await tx.audit({ action: 'account.verify-email', object: { kind: 'account', id: link.account_id } });
    return done({ accountId: link.account_id });
  },
});
