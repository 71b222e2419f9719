import { fail, redirect } from '@sveltejs/kit';
import { answerForm } from '#lib/domain/engagement/form.ts';
import { href } from '#lib/i18n/address.ts';
import { withdrawInterest } from '#lib/server/engagement/commands.ts';
import { agreeToReveal, takeRevealBack } from '#lib/server/engagement/reveal-commands.ts';
import { interestForCompany } from '#lib/server/engagement/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const view = await interestForCompany(locals.ctx, params.id);
  if (view === null) notFound();
  return { view, now: locals.ctx.now().toISOString(), done: url.searchParams.get('done') };
};

export const actions: Actions = {
  withdraw: async ({ locals, params, request }) => {
    const form = readForm(await request.formData(), answerForm);
    if (!form.ok) return fail(400, { refused: 'stale', ...form.invalid });
    const outcome = await withdrawInterest(locals.ctx, { id: params.id, seen: form.data.seen });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/company/interests/${params.id}?done=withdrawn`));
  },
  agree: async ({ locals, params }) => {
    const outcome = await agreeToReveal(locals.ctx, { id: params.id, side: 'company' });
    if (!outcome.ok) return refused(outcome);
    const done = outcome.value.shown ? 'shown' : 'agreed';
    redirect(303, href(locals.lang, `/company/interests/${params.id}?done=${done}`));
  },
  takeBack: async ({ locals, params }) => {
    const outcome = await takeRevealBack(locals.ctx, { id: params.id, side: 'company' });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/company/interests/${params.id}?done=taken-back`));
  },
};
