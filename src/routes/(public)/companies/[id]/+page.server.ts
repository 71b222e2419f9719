import { isLeadMember } from '#lib/domain/account/policy.ts';
import { companyForViewer, versionDays } from '#lib/server/company/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const company = (await companyForViewer(ctx, params.id)) ?? notFound();
  return {
    company,
    // How often and when a company changed its profile would give it away; masked profiles show one day only.
    versions: company.masked ? [] : await versionDays(ctx, company.id),
    lead: isLeadMember(ctx.actor),
    official: ctx.actor.kind === 'official',
    now: ctx.now(),
    today: koreanDay(ctx.now()),
  };
};
