import { fail, redirect } from '@sveltejs/kit';
import { modelForm, weightsOf } from '#lib/domain/match/model-form.ts';
import { href } from '#lib/i18n/address.ts';
import { makeModel } from '#lib/server/match/model-commands.ts';
import { modelById, modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** The model that the address names; without one, the model in use. */
async function baseOf(ctx: Context, url: URL) {
  const id = url.searchParams.get('base');
  return id === null ? await modelInEffect(ctx.db) : ((await modelById(ctx.db, id)) ?? notFound());
}

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const base = await baseOf(ctx, url);
  return { base: base.id, weights: weightsOf(base) };
};

export const actions: Actions = {
  default: async ({ locals: { ctx, lang }, request, url }) => {
    const form = readForm(await request.formData(), modelForm);
    if (!form.ok) return fail(400, form.invalid);
    const base = await baseOf(ctx, url);
    const outcome = await makeModel(ctx, { base: base.id, form: form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, `/ministry/matching/models/${outcome.value.id}?done=made`));
  },
};
