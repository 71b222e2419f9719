import { organisationOf } from '#lib/domain/account/actor.ts';
import { isCompanyEditor } from '#lib/domain/account/policy.ts';
import type { PartnerAudience } from '#lib/domain/engagement/team.ts';
import { PARTNER_TERMS_VERSION } from '#lib/i18n/team-terms.ts';
import { command, lockRow } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { profileVersion } from '#lib/server/engagement/repository.ts';

/** "We agree to be proposed as a partner": to whom. Null takes it back; invitations that wait stay to be answered. */
export const setPartnerConsent = command({
  name: 'partner.consent',
  policy: isCompanyEditor,
  async run(tx, input: { audience: PartnerAudience | null }) {
    const organisationId = organisationOf(tx.actor);
    if (organisationId === null || !(await lockRow(tx.db, 'organisation', organisationId)))
      return refuse('not-found');
    const before = await tx.db
      .selectFrom('partner_consent')
      .select(['audience', 'terms_version'])
      .where('organisation_id', '=', organisationId)
      .executeTakeFirst();
    const { audience } = input;
    if (audience === (before?.audience ?? null)) return done({ changed: false });
    if (audience === null)
      await tx.db.deleteFrom('partner_consent').where('organisation_id', '=', organisationId).execute();
    else {
      if ((await profileVersion(tx.db, organisationId)) === null) return refuse('profile-unpublished');
      const values = {
        audience,
        terms_version: PARTNER_TERMS_VERSION,
        agreed_by: tx.accountId,
        agreed_at: tx.now,
      };
      await tx.db
        .insertInto('partner_consent')
        .values({ organisation_id: organisationId, ...values })
        .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(values))
        .execute();
    }
    await tx.audit({
      action: audience === null ? 'partner.withdraw-consent' : 'partner.consent',
      object: { kind: 'organisation', id: organisationId },
      before: before ?? null,
      after: audience === null ? null : { audience, terms_version: PARTNER_TERMS_VERSION },
    });
    return done({ changed: true });
  },
});
