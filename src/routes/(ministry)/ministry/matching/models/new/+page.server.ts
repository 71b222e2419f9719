import { fail, redirect } from '@sveltejs/kit';
import { modelForm, weightsOf } from '#lib/domain/match/model-form.ts';
import { href } from '#lib/i18n/address.ts';
import { makeModel } from '#lib/server/match/model-commands.ts';
import { modelById } from '#lib/server/match/model-in-use-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const base = (await modelById(ctx.db, url.searchParams.get('base') ?? '')) ?? notFound();
  return { base: base.id, weights: weightsOf(base) };
};

export const actions: Actions = {
  default: async ({ locals: { ctx, lang }, request, url }) => {
    const form = readForm(await request.formData(), modelForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await makeModel(ctx, { base: url.searchParams.get('base') ?? '', form: form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, `/ministry/matching/models/${outcome.value.id}?done=made`));
  },
};
