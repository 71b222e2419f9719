import { fail, redirect } from '@sveltejs/kit';
import { switchForm, weightsOf } from '#lib/domain/match/model-form.ts';
import { href } from '#lib/i18n/address.ts';
import { switchModel } from '#lib/server/match/model-commands.ts';
import { modelById, modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { matchModels, modelDrift } from '#lib/server/match/model-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const model = (await modelById(ctx.db, params.id)) ?? notFound();
  const [inUse, { models }] = await Promise.all([modelInEffect(ctx.db), matchModels(ctx)]);
  const line = models.find(({ id }) => id === model.id) ?? notFound();
  return {
    line,
    inUse: inUse.id,
    weights: { before: weightsOf(inUse), after: weightsOf(model) },
    drift: line.inUse ? null : await modelDrift(ctx, model),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  default: async ({ locals: { ctx, lang }, params, request }) => {
    const form = readForm(await request.formData(), switchForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await switchModel(ctx, { model: params.id, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, '/ministry/matching/models?done=switched'));
  },
};
