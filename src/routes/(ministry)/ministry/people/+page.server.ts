import { officialsPage } from '#lib/server/account/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import { officialActions } from '#lib/server/platform/http/people-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = await officialsPage(locals.ctx);
  if (page === null) notFound();
  return { ...page, done: url.searchParams.get('done') };
};

export const actions: Actions = officialActions();
