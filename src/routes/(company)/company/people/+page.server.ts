import { peoplePage } from '#lib/server/account/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import { memberActions } from '#lib/server/platform/http/people-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = await peoplePage(locals.ctx);
  if (page === null) notFound();
  return { ...page, done: url.searchParams.get('done') };
};

export const actions: Actions = memberActions('/company/people');
