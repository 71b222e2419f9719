import { appealsForOfficials } from '#lib/server/match/appeal-queries.ts';
import type { PageServerLoad } from './$types';

const PAGE = 20;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const open = url.searchParams.get('show') !== 'closed';
  const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1);
  const { items, total } = await appealsForOfficials(ctx, { open, limit: PAGE, offset: (page - 1) * PAGE });
  return { open, page, perPage: PAGE, items, total, done: url.searchParams.get('done') };
};
