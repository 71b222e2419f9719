import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { feedbackForm } from '#lib/domain/opportunity/feedback.ts';
import { href } from '#lib/i18n/address.ts';
import { isInvited } from '#lib/server/engagement/invitation-queries.ts';
import { nextStepFor } from '#lib/server/engagement/next-step-queries.ts';
import { ownPartnerConsent } from '#lib/server/engagement/partner-queries.ts';
import { partnersFor } from '#lib/server/engagement/proposal-queries.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { sayNotRelevant } from '#lib/server/opportunity/feedback-commands.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  if (!isMember(ctx.actor)) notFound();
  const view = (await opportunityForViewer(ctx, params.id)) ?? notFound();
  const pair = { opportunity: view.id, company: ctx.actor.organisationId };
  const why = (await explainPair(ctx, pair)) ?? notFound();
  const [step, invited, partners, consent] = await Promise.all([
    nextStepFor(ctx, view),
    isInvited(ctx, view.id),
    partnersFor(ctx, view),
    ownPartnerConsent(ctx),
  ]);
  return {
    view,
    why,
    step,
    invited,
    partners,
    consents: consent !== null,
    mayEdit: ctx.actor.role !== 'viewer',
    now: ctx.now(),
  };
};

export const actions: Actions = {
  /** "Not relevant, because": hides the notice in this company's own suggestions. */
  hide: async ({ locals: { ctx, lang }, params, request }) => {
    if (!isMember(ctx.actor)) notFound();
    const form = readForm(await request.formData(), feedbackForm);
    if (!form.ok) return fail(400, form.invalid);
    const pair = { opportunity: params.id, company: ctx.actor.organisationId };
    const outcome = await sayNotRelevant(ctx, { ...pair, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, '/company/matches?done=hidden'));
  },
};
