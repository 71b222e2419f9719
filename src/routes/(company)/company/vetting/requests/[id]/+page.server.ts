import { redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import { ownRequestPage, postAnswer } from '#lib/server/vetting/own-pages.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const page = await ownRequestPage(locals.ctx, params.id);
  if (!page) notFound();
  return page;
};

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const { outcome, values } = await postAnswer(locals.ctx, params.id, await request.formData());
    if (!outcome.ok) return refused(outcome, values);
    redirect(303, href(locals.lang, '/company/vetting?done=answered'));
  },
};
