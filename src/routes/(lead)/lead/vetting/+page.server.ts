import { redirect } from '@sveltejs/kit';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { href } from '#lib/i18n/address.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import { submitForVetting, withdrawCase } from '#lib/server/vetting/commands.ts';
import { ownVettingPage } from '#lib/server/vetting/own-pages.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const page = await ownVettingPage(locals.ctx);
  if (!page) notFound();
  return page;
};

export const actions: Actions = {
  submit: async ({ locals }) => {
    const outcome = await submitForVetting(locals.ctx, undefined);
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/lead/vetting?done=submitted'));
  },
  withdraw: async ({ locals, request }) => {
    const id = String((await request.formData()).get('case'));
    if (!isUuid(id)) notFound();
    const outcome = await withdrawCase(locals.ctx, id);
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/lead/vetting?done=withdrawn'));
  },
};
