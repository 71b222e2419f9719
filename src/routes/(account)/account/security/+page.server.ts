import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { givenPassword, newPassword } from '#lib/domain/account/password-fields.ts';
import { email } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { changePassword, requestEmailChange } from '#lib/server/account/credential-commands.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { browserOf, writeToken } from '#lib/server/auth/cookie.ts';
import { renewToken } from '#lib/server/auth/session.ts';
import { readForm, type FormValues } from '#lib/server/platform/http/forms.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { Refused } from '#lib/server/platform/result.ts';
import type { Actions, PageServerLoad } from './$types';

const passwordSchema = z.object({ current_password: givenPassword(), password: newPassword() });
/** The second form's password field has another name, because ids are unique on a page. */
const emailSchema = z.object({ email: email(), email_password: givenPassword() });

export const load: PageServerLoad = ({ locals, url }) => {
  if (!locals.session) notFound();
  return { email: locals.session.account.email, done: url.searchParams.get('done') };
};

function failed(which: 'password' | 'email', refusal: Refused, now: Date, values: FormValues) {
  const until = againAt(refusal, now);
  return fail(until ? 429 : 400, { which, errors: refusal.fields ?? {}, until, values });
}

export const actions: Actions = {
  password: async (event) => {
    const { ctx, lang, session } = event.locals;
    if (!session) notFound();
    const form = readForm(await event.request.formData(), passwordSchema);
    if (!form.ok) return fail(400, { which: 'password' as const, ...form.invalid, until: null });
    const { current_password: currentPassword, password } = form.data;
    const outcome = await changePassword(ctx, { currentPassword, password, sessionId: session.id });
    if (!outcome.ok) return failed('password', outcome, ctx.now(), form.values);
    writeToken(ctx.db, event.cookies, await renewToken(ctx, session, browserOf(event)));
    redirect(303, href(lang, '/account/security?done=password'));
  },
  email: async (event) => {
    const { ctx, lang } = event.locals;
    const form = readForm(await event.request.formData(), emailSchema);
    if (!form.ok) return fail(400, { which: 'email' as const, ...form.invalid, until: null });
    const input = { email: form.data.email, currentPassword: form.data.email_password };
    const outcome = await requestEmailChange(ctx, input);
    if (!outcome.ok) {
      const { current_password: wrong, ...others } = outcome.fields ?? {};
      const fields = wrong === undefined ? others : { ...others, email_password: wrong };
      return failed('email', { ...outcome, fields }, ctx.now(), form.values);
    }
    redirect(303, href(lang, '/account/security?done=email#email-change'));
  },
};
