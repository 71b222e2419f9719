import { fail, redirect } from '@sveltejs/kit';
import { appealAnswerForm } from '#lib/domain/match/appeal.ts';
import { href } from '#lib/i18n/address.ts';
import { answerAppeal } from '#lib/server/match/appeal-commands.ts';
import { appealFor, conflictInAppeal } from '#lib/server/match/appeal-queries.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const appeal = (await appealFor(ctx, params.id)) ?? notFound();
  const pair = { opportunity: appeal.opportunity.id, company: appeal.company.id };
  const [today, conflict] = await Promise.all([explainPair(ctx, pair), conflictInAppeal(ctx, appeal.id)]);
  return { appeal, today, conflict, now: ctx.now() };
};

export const actions: Actions = {
  default: async ({ locals: { ctx, lang }, params, request }) => {
    const form = readForm(await request.formData(), appealAnswerForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await answerAppeal(ctx, { id: params.id, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, '/ministry/matching/appeals?done=answered'));
  },
};
