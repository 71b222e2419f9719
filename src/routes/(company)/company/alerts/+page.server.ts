import { companyDates } from '#lib/server/company/dates-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
  dates: await companyDates(ctx),
  now: ctx.now(),
});
