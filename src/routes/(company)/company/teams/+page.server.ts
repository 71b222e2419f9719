import { ownPartnerConsent } from '#lib/server/engagement/partner-queries.ts';
import { teamsOfCompany } from '#lib/server/engagement/team-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => ({
  teams: await teamsOfCompany(ctx),
  consent: await ownPartnerConsent(ctx),
  now: ctx.now().toISOString(),
  done: url.searchParams.get('done'),
});
