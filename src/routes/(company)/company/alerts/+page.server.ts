import { companyDates } from '#lib/server/company/dates-queries.ts';
import { savedForOrganisation } from '#lib/server/search/saved-queries.ts';
import type { PageServerLoad } from './$types';

/** Saved searches named beside the dates; the rest is on their own page. */
const MOST_SEARCHES = 6;

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
  dates: await companyDates(ctx),
  searches: (await savedForOrganisation(ctx, MOST_SEARCHES)).map(({ id, name, fresh }) => ({
    id,
    name,
    fresh,
  })),
  now: ctx.now(),
});
