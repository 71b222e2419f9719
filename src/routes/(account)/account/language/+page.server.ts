import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { choice } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { LANGS } from '#lib/i18n/lang.ts';
import { saveProfile } from '#lib/server/account/profile-commands.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({ lang: choice(LANGS) });

export const load: PageServerLoad = ({ locals, url }) => {
  if (!locals.session) notFound();
  return { mailLang: locals.session.account.lang, saved: url.searchParams.get('done') === 'saved' };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const form = readForm(await request.formData(), schema);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await saveProfile(locals.ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(locals.lang, '/account/language?done=saved'));
  },
};
