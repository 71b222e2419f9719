import { isMember } from '#lib/domain/account/policy.ts';
import type { CompanyDate } from '#lib/domain/company/home.ts';
import { interestsOfCompany } from '#lib/server/engagement/queries.ts';
import { matchesForCompany } from '#lib/server/match/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openRequestsOfOrganisation, ownVetting } from '#lib/server/vetting/queries.ts';
import { withOpportunities } from '#lib/server/company/home-queries.ts';
import { certificatesUntil } from '#lib/server/company/queries.ts';

/** How far ahead certificates are listed. */
const HORIZON_DAYS = 365;
/** Matches whose deadlines are listed. */
const MATCHES = 50;

/**
 * Every date the organisation acted for has to keep in mind, soonest first: answers to officials, certificates (also
 * those that have run out), the end of vetting, deadlines of opportunities that fit and were not answered.
 */
export async function companyDates(ctx: Context): Promise<CompanyDate[]> {
  if (!isMember(ctx.actor)) return [];
  const horizon = koreanDay(new Date(ctx.now().getTime() + HORIZON_DAYS * 86_400_000));
  const [requests, certificates, vetting, interests, list] = await Promise.all([
    openRequestsOfOrganisation(ctx),
    certificatesUntil(ctx, horizon),
    ownVetting(ctx),
    interestsOfCompany(ctx),
    matchesForCompany(ctx, ctx.actor.organisationId, { limit: MATCHES }),
  ]);
  const answered = new Set(interests.map((one) => one.opportunity.id));
  const matches = await withOpportunities(
    ctx,
    (list?.items ?? []).filter((item) => !answered.has(item.id)),
  );
  const dates: CompanyDate[] = [
    ...requests.map(({ id, question, due_at: due }): CompanyDate => {
      return { kind: 'request', id, text: question, due: due.toISOString() };
    }),
    ...certificates.map(({ id, name, validTo }): CompanyDate => {
      return { kind: 'certificate', id, text: name, due: validTo };
    }),
    ...(vetting?.standing === 'vetted' && vetting.vetted_until !== null
      ? [{ kind: 'vetting' as const, due: vetting.vetted_until }]
      : []),
    ...matches.flatMap(({ id, opportunity }): CompanyDate[] =>
      opportunity.deadline === null
        ? []
        : [{ kind: 'match', id, title: opportunity.title, due: opportunity.deadline }],
    ),
  ];
  return dates.sort((a, b) => Date.parse(a.due) - Date.parse(b.due));
}
