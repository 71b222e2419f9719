import { companyHome } from '#lib/server/company/home-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx, session }, url }) => {
  const previousVisit = session?.previousVisit ?? null;
  const home = (await companyHome(ctx, previousVisit)) ?? notFound();
  return {
    home,
    previousVisit: previousVisit?.toISOString() ?? null,
    now: ctx.now(),
    today: koreanDay(ctx.now()),
    done: url.searchParams.get('done'),
  };
};
