import type { Agency } from '#lib/domain/account/account.ts';
import { CONSENT_DOCUMENTS } from '#lib/domain/account/consent.ts';
import { isAdministrator, isSystem } from '#lib/domain/account/policy.ts';
import { agencyName } from '#lib/i18n/account.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { putReset } from '#lib/server/account/credential-commands.ts';
import {
  accountByEmail,
  deleteOffice,
  insertAccount,
  lockOffices,
  putOffice,
  updateAccount,
  withdrawConsents,
} from '#lib/server/account/repository.ts';
import { createApiKey } from '#lib/server/auth/api-key.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { endAllSessions } from '#lib/server/auth/session.ts';
import { writeAccountMail } from '#lib/server/notice/mail.ts';
import { command } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { hashToken, newToken } from '#lib/server/platform/tokens.ts';

const WEEK_MS = 7 * 86_400_000;

/** Takes an official's hat away. The last administrator keeps theirs, also when two remove each other at once. */
export const removeOfficial = command({
  name: 'office.remove',
  policy: isAdministrator,
  async run(tx, { accountId }: { accountId: string }) {
    const offices = await lockOffices(tx.db);
    const own = offices.find((office) => office.account_id === tx.accountId);
    const found = offices.find((office) => office.account_id === accountId);
    if (!own?.administrator || !found) return refuse('not-found');
    const others = offices.filter((office) => office.administrator && office.account_id !== accountId);
    if (found.administrator && others.length === 0) return refuse('last-administrator');
    await deleteOffice(tx.db, accountId);
    await tx.audit({
      action: 'office.remove',
      object: { kind: 'account', id: accountId },
      before: { administrator: found.administrator },
    });
    return done();
  },
});

export interface NewOfficial {
  email: string;
  name: string;
  agency: Agency;
  administrator: boolean;
  /** null: a link to set one is mailed and answered. */
  password: string | null;
  lang: Lang;
}

export interface CreatedOfficial {
  accountId: string;
  /** false: the address had an account with an owner, which now holds an office too. */
  isNew: boolean;
  /** Token of the link that sets the password, if one is needed. */
  resetToken: string | null;
}

/** Makes an official from the command line. */
export const createOfficial = command({
  name: 'office.create',
  policy: isSystem,
  async run(tx, input: NewOfficial) {
    const passwordHash = await hashPassword(input.password ?? newToken());
    const created = await insertAccount(tx.db, {
      email: input.email,
      name: input.name,
      passwordHash,
      lang: input.lang,
      intent: 'official',
      verifiedAt: tx.now,
    });
    const existing = created === null ? await accountByEmail(tx.db, input.email) : null;
    const accountId = created ?? existing?.id;
    if (accountId === undefined) return refuse('not-found');
    const owned = existing !== null && existing.email_verified_at !== null;
    if (owned && input.password !== null) return refuse('has-account');
    // Nobody has shown that the address is theirs: whoever signed up with it must not get in with their password.
    if (existing !== null && !owned) {
      await updateAccount(tx.db, accountId, {
        ...input,
        passwordHash,
        intent: 'official',
        verifiedAt: tx.now,
      });
      await withdrawConsents(tx.db, accountId, CONSENT_DOCUMENTS, tx.now);
      await endAllSessions(tx.db, accountId);
    }
    await putOffice(tx.db, accountId, input.agency, input.administrator);
    await tx.audit({
      action: 'office.create',
      object: { kind: 'account', id: accountId },
      after: { agency: input.agency, administrator: input.administrator },
    });
    const made: CreatedOfficial = { accountId, isNew: !owned, resetToken: null };
    if (!made.isNew || input.password !== null) return done(made);
    const resetToken = await putReset(tx, accountId, WEEK_MS);
    await writeAccountMail(tx, {
      mail: 'officialAccount',
      key: `official:${hashToken(resetToken).slice(0, 32)}`,
      to: input.email,
      lang: input.lang,
      path: `/reset/${resetToken}`,
      values: { name: input.name, organisation: agencyName[input.agency](input.lang) },
    });
    return done<CreatedOfficial>({ ...made, resetToken });
  },
});

/** Makes a key for programs. Answers it once; only its hash is kept. */
export const createKey = command({
  name: 'api-key.create',
  policy: isSystem,
  async run(tx, input: { email: string; acting: string | null; label: string }) {
    const account = await accountByEmail(tx.db, input.email);
    if (account === null) return refuse('not-found');
    const key = await createApiKey(tx.db, {
      accountId: account.id,
      acting: input.acting,
      label: input.label,
    });
    await tx.audit({
      action: 'api-key.create',
      object: { kind: 'account', id: account.id },
      after: { acting: input.acting, scope: 'read' },
    });
    return done({ key });
  },
});
