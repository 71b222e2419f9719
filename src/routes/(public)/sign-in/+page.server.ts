import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { safeNext } from '#lib/domain/account/next.ts';
import { givenPassword } from '#lib/domain/account/password-fields.ts';
import { email, optionalText } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { demoPeople, signIn } from '#lib/server/account/sign-in-commands.ts';
import { resendVerification } from '#lib/server/account/sign-up-commands.ts';
import { browserOf, rememberSignUp, waitingSignUp, writeToken } from '#lib/server/auth/cookie.ts';
import { startingPlace } from '#lib/server/auth/session.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { newToken } from '#lib/server/platform/tokens.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({ email: email(), password: givenPassword(), next: optionalText(2000) });

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = safeNext(url.searchParams.get('next'));
  if (locals.session) {
    redirect(303, next ?? href(locals.lang, await startingPlace(locals.ctx.db, locals.session.account.id)));
  }
  return {
    next: next ?? '',
    ended: url.searchParams.has('ended'),
    done: url.searchParams.get('done'),
    demoPeople: demoPeople(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { ctx, lang } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    if (!form.ok) return fail(400, { ...form.invalid, refused: null, until: null });
    const browser = browserOf(event);
    const outcome = await signIn(ctx, form.data, browser);
    if (!outcome.ok && outcome.code === 'not-verified') {
      const token = waitingSignUp(event.cookies)?.token ?? newToken();
      rememberSignUp(event.cookies, { token, email: form.data.email });
      await resendVerification(ctx, { email: form.data.email }, browser.address);
      redirect(303, href(lang, '/sign-up/check-mail'));
    }
    if (!outcome.ok) {
      const until = againAt(outcome, ctx.now());
      const status = until ? 429 : 400;
      return fail(status, { errors: {}, refused: outcome.code, until, values: form.values });
    }
    writeToken(ctx.db, event.cookies, outcome.value.token);
    const home = href(lang, await startingPlace(ctx.db, outcome.value.accountId));
    redirect(303, safeNext(form.data.next) ?? home);
  },
};
