import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { email } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { requestReset } from '#lib/server/account/credential-commands.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { browserOf } from '#lib/server/auth/cookie.ts';
import { config } from '#lib/server/platform/config.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({ email: email() });

export const load: PageServerLoad = ({ url }) => ({
  sent: url.searchParams.get('done') === 'sent',
  demo: config().demo && config().smtpUrl === null,
});

export const actions: Actions = {
  default: async (event) => {
    const { ctx, lang } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    if (!form.ok) return fail(400, { ...form.invalid, until: null });
    const outcome = await requestReset(ctx, form.data, browserOf(event).address);
    if (!outcome.ok) {
      return fail(429, { errors: {}, until: againAt(outcome, ctx.now()), values: form.values });
    }
    redirect(303, href(lang, '/reset?done=sent'));
  },
};
