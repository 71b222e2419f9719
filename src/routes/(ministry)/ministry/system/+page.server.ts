import { notFound } from '#lib/server/platform/http/refusals.ts';
import { systemState } from '#lib/server/platform/system-queries.ts';
import { searchState } from '#lib/server/search/health-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const [search, system] = await Promise.all([searchState(ctx), systemState(ctx)]);
  if (search === null || system === null) notFound();
  return { search, system, now: ctx.now() };
};
