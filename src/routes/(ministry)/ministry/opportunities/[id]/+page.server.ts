import { fail, redirect } from '@sveltejs/kit';
import { returnForm } from '#lib/domain/opportunity/draft.ts';
import { actionsOf } from '#lib/domain/opportunity/status.ts';
import { href } from '#lib/i18n/address.ts';
import { publishOpportunity, returnOpportunity } from '#lib/server/opportunity/commands.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { giveawaysOf } from '#lib/server/opportunity/kept-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { ctx } = locals;
  const view = await opportunityForViewer(ctx, params.id);
  if (view === null) notFound();
  const { standing, vettedUntil } = view.publisher;
  return {
    view,
    actions: actionsOf(view.status, 'ministry'),
    checks: {
      vetted: standing === 'vetted' && vettedUntil !== null && vettedUntil >= koreanDay(ctx.now()),
      deadline: view.deadline !== null && new Date(view.deadline) > ctx.now(),
      requirements: view.requirements.length > 0,
      bothLanguages: view.title.ko !== '' && view.title.en !== '',
    },
    giveaways: await giveawaysOf(ctx, view.id),
    now: ctx.now().toISOString(),
  };
};

export const actions: Actions = {
  publish: async ({ locals, params }) => {
    const outcome = await publishOpportunity(locals.ctx, { id: params.id });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/ministry/opportunities?done=published'));
  },
  return: async ({ locals, params, request }) => {
    const form = readForm(await request.formData(), returnForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await returnOpportunity(locals.ctx, { id: params.id, note: form.data.note });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(locals.lang, '/ministry/opportunities?done=returned'));
  },
};
