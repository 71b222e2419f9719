import { fail, redirect } from '@sveltejs/kit';
import { basicsForm } from '#lib/domain/opportunity/draft.ts';
import { href } from '#lib/i18n/address.ts';
import { saveBasics } from '#lib/server/opportunity/draft-commands.ts';
import { draftChoices } from '#lib/server/opportunity/name-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ choices: await draftChoices(locals.ctx) });

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const data = await request.formData();
    const form = readForm(data, basicsForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await saveBasics(locals.ctx, { id: null, form: form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    const base = `/lead/opportunities/${outcome.value.id}`;
    redirect(
      303,
      href(locals.lang, data.get('then') === 'later' ? `${base}?done=saved` : `${base}/edit/requirements`),
    );
  },
};
