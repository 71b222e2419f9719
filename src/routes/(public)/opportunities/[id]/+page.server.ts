import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { feedbackForm } from '#lib/domain/opportunity/feedback.ts';
import { href } from '#lib/i18n/address.ts';
import { isInvited } from '#lib/server/engagement/invitation-queries.ts';
import { nextStepFor } from '#lib/server/engagement/next-step-queries.ts';
import { sayNotRelevant } from '#lib/server/opportunity/feedback-commands.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  const view = await opportunityForViewer(ctx, params.id);
  if (view === null) notFound();
  const step = await nextStepFor(ctx, view);
  const { actor } = ctx;
  const asCompany = isMember(actor) && actor.supplier && step.kind !== 'own';
  return {
    view,
    step,
    invited: asCompany && (await isInvited(ctx, view.id)),
    why: asCompany ? await explainPair(ctx, { opportunity: view.id, company: actor.organisationId }) : null,
    now: ctx.now().toISOString(),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  /** "Not relevant, because": hides the notice in this company's own suggestions. */
  hide: async ({ locals, params, request }) => {
    const { ctx } = locals;
    if (!isMember(ctx.actor)) notFound();
    const form = readForm(await request.formData(), feedbackForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await sayNotRelevant(ctx, {
      opportunity: params.id,
      company: ctx.actor.organisationId,
      ...form.data,
    });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(locals.lang, `/opportunities/${params.id}?done=hidden`));
  },
};
