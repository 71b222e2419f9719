import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { consentFields, givenConsents } from '#lib/domain/account/consent-fields.ts';
import { newPassword } from '#lib/domain/account/password-fields.ts';
import { choice, email, text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { signUp } from '#lib/server/account/sign-up-commands.ts';
import { browserOf, rememberSignUp } from '#lib/server/auth/cookie.ts';
import { startingPlace } from '#lib/server/auth/session.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { newToken } from '#lib/server/platform/tokens.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({
  intent: choice(['company', 'lead']),
  name: text(100),
  email: email(),
  password: newPassword(),
  ...consentFields,
});

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.session) {
    redirect(303, href(locals.lang, await startingPlace(locals.ctx.db, locals.session.account.id)));
  }
  return { intent: url.searchParams.get('as') === 'lead' ? 'lead' : 'company' };
};

export const actions: Actions = {
  default: async (event) => {
    const { ctx, lang } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    if (!form.ok) return fail(400, { ...form.invalid, refused: null, until: null });
    const browserToken = newToken();
    const input = { ...form.data, consents: givenConsents(form.data), browserToken };
    const outcome = await signUp(ctx, input, browserOf(event).address);
    if (!outcome.ok) {
      const until = againAt(outcome, ctx.now());
      const answer = { errors: outcome.fields ?? {}, refused: outcome.code, until, values: form.values };
      return fail(until ? 429 : 400, answer);
    }
    rememberSignUp(event.cookies, { token: browserToken, email: form.data.email });
    redirect(303, href(lang, '/sign-up/check-mail'));
  },
};
