import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { interestForm } from '#lib/domain/engagement/form.ts';
import { href } from '#lib/i18n/address.ts';
import { companyCards, ownProfile } from '#lib/server/company/queries.ts';
import { sendInterest } from '#lib/server/engagement/commands.ts';
import { evidenceOf } from '#lib/server/engagement/evidence-queries.ts';
import { nextStepFor } from '#lib/server/engagement/next-step-queries.ts';
import { teamForCompany } from '#lib/server/engagement/team-queries.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  const { actor } = ctx;
  const view = await opportunityForViewer(ctx, params.opportunity);
  if (view === null || !isMember(actor)) notFound();
  const step = await nextStepFor(ctx, view);
  if (step.kind === 'sent')
    redirect(303, href(locals.lang, `/company/interests/${step.interest.id}?done=already`));
  const asked = url.searchParams.get('team');
  const team = asked === null ? null : await teamForCompany(ctx, asked);
  if (asked !== null && (team?.role !== 'leader' || team.opportunity.id !== view.id)) notFound();
  const [[company], evidence, profile] = await Promise.all([
    companyCards(ctx, [actor.organisationId]),
    evidenceOf(ctx, actor.organisationId),
    ownProfile(ctx),
  ]);
  return {
    view,
    team,
    step,
    company: company ?? null,
    keepsName: profile?.snapshot.reach.pseudonymous === true,
    evidence,
    contact: { name: actor.name, email: actor.email },
    now: ctx.now().toISOString(),
  };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const form = readForm(await request.formData(), interestForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await sendInterest(locals.ctx, {
      opportunity: params.opportunity,
      form: form.data,
      team: url.searchParams.get('team'),
    });
    if (!outcome.ok) return refused(outcome, form.values);
    const { id, already } = outcome.value;
    redirect(303, href(locals.lang, `/company/interests/${id}?done=${already ? 'already' : 'sent'}`));
  },
};
