import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { newPassword } from '#lib/domain/account/password-fields.ts';
import { href } from '#lib/i18n/address.ts';
import { resetOf, resetPassword } from '#lib/server/account/credential-commands.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { browserOf, clearToken } from '#lib/server/auth/cookie.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({ password: newPassword() });

export const load: PageServerLoad = async ({ locals, params }) => ({
  account: await resetOf(locals.ctx, params.token),
});

export const actions: Actions = {
  default: async (event) => {
    const { ctx, lang } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    if (!form.ok) return fail(400, { errors: form.invalid.errors, refused: null, until: null });
    const input = { token: event.params.token, password: form.data.password };
    const outcome = await resetPassword(ctx, input, browserOf(event).address);
    if (!outcome.ok) {
      const until = againAt(outcome, ctx.now());
      const status = until ? 429 : outcome.fields ? 400 : 409;
      return fail(status, { errors: outcome.fields ?? {}, refused: outcome.code, until });
    }
    clearToken(ctx.db, event.cookies);
    redirect(303, href(lang, '/sign-in?done=reset'));
  },
};
