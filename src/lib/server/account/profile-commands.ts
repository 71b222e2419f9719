import { isRequiredConsent, type ConsentDocument } from '#lib/domain/account/consent.ts';
import { isSignedIn } from '#lib/domain/account/policy.ts';
import { consentText } from '#lib/i18n/consents.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import {
  accountById,
  currentConsents,
  insertConsent,
  updateAccount,
  withdrawConsents,
} from '#lib/server/account/repository.ts';
import { command } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';

/** What a person is called, and the language of their mail. */
export const saveProfile = command({
  name: 'account.save-profile',
  policy: isSignedIn,
  async run(tx, change: { name?: string; lang?: Lang }) {
    const account = tx.accountId === null ? null : await accountById(tx.db, tx.accountId);
    if (account === null) return refuse('not-found');
    await updateAccount(tx.db, account.id, change);
    // The name itself is personal data and stays out of the trail, which outlives the account.
    await tx.audit({
      action: 'account.save-profile',
      object: { kind: 'account', id: account.id },
      after: { fields: Object.keys(change) },
    });
    return done();
  },
});

/** Gives or withdraws an optional consent. Required ones end with the account only. */
export const setConsent = command({
  name: 'account.consent',
  policy: isSignedIn,
  async run(tx, input: { document: ConsentDocument; given: boolean }) {
    if (tx.accountId === null || isRequiredConsent(input.document)) return refuse('not-found');
    const holds = (await currentConsents(tx.db, tx.accountId)).some(
      (consent) => consent.document === input.document,
    );
    if (holds === input.given) return done();
    if (input.given) {
      await insertConsent(tx.db, tx.accountId, consentText(input.document, tx.lang), tx.now);
    } else {
      await withdrawConsents(tx.db, tx.accountId, [input.document], tx.now);
    }
    await tx.audit({
      action: 'account.consent',
      object: { kind: 'account', id: tx.accountId },
      before: { document: input.document, given: holds },
      after: { document: input.document, given: input.given },
    });
    return done();
  },
});
