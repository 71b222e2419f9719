import { fail, redirect } from '@sveltejs/kit';
import { switchForm } from '#lib/domain/match/model-form.ts';
import { href } from '#lib/i18n/address.ts';
import { switchModel } from '#lib/server/match/model-commands.ts';
import { matchModels } from '#lib/server/match/model-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => ({
  ...(await matchModels(ctx)),
  done: url.searchParams.get('done'),
});

export const actions: Actions = {
  /** Back to the model in use before the present one, in one step. */
  back: async ({ locals: { ctx, lang }, request }) => {
    const data = await request.formData();
    const form = readForm(data, switchForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await switchModel(ctx, { model: String(data.get('model') ?? ''), ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, '/ministry/matching/models?done=switched'));
  },
};
