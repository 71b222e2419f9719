import { interestsOfCompany } from '#lib/server/engagement/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  interests: await interestsOfCompany(locals.ctx),
  now: locals.ctx.now().toISOString(),
});
