import { sql } from 'kysely';
import { isSystem } from '#lib/domain/account/policy.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done } from '#lib/server/platform/result.ts';

/** Days before the last day of a certificate on which its company is told, each once; 0 is that day itself. */
export const CERTIFICATE_NOTICES = [60, 30, 7, 0] as const;

/** The notice that is due with so many days left: the latest one reached; null when it is too early or over. */
export function noticeDue(daysLeft: number): number | null {
  if (daysLeft < 0) return null;
  return CERTIFICATE_NOTICES.filter((days) => daysLeft <= days).at(-1) ?? null;
}

/** Tells companies of certificates that run out soon, each step once. */
export const noticeCertificates = command({
  name: 'company.certificates.notice',
  policy: isSystem,
  async run(tx, _input: Record<string, never>) {
    const today = koreanDay(tx.now);
    const rows = await tx.db
      .selectFrom('company_certification as entry')
      .innerJoin('certification', 'certification.id', 'entry.certification')
      .select(['entry.id', 'entry.organisation_id', 'entry.valid_to', 'certification.name'])
      .select(sql<number>`entry.valid_to - ${today}::date`.as('days_left'))
      .where('entry.valid_to', '>=', today)
      .where(sql<boolean>`entry.valid_to <= ${today}::date + ${CERTIFICATE_NOTICES[0]}::integer`)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('membership')
            .whereRef('membership.organisation_id', '=', 'entry.organisation_id')
            .select(sql`1`.as('one')),
        ),
      )
      .orderBy('entry.valid_to')
      .execute();
    for (const row of rows) {
      const due = noticeDue(row.days_left);
      if (due === null || row.valid_to === null) continue;
      await tx.notify({
        kind: 'certificate-expiring',
        // A renewed certificate has another last day and is told of anew.
        key: `certificate-expiring:${row.id}:${row.valid_to}:${due}`,
        to: { organisationId: row.organisation_id, roles: ['owner', 'editor'] },
        data: { certificate: row.name, validTo: row.valid_to, days: String(row.days_left) },
        path: `/company/profile/evidence?entry=${row.id}#certificates`,
      });
    }
    return done(rows.length);
  },
});

/** Nightly: tells companies of certificates that run out in 60, 30 and 7 days, and on the last. A missed night is made up for. */
export async function noticeExpiringCertificates(ctx: Context): Promise<void> {
  const outcome = await noticeCertificates(ctx, {});
  if (!outcome.ok) throw new Error(outcome.code);
}
