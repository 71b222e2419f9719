import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { href } from '#lib/i18n/address.ts';
import { confirmEmailChange, emailChangeOf } from '#lib/server/account/credential-commands.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { openSession } from '#lib/server/account/sign-in-commands.ts';
import { verificationOf, verifyEmail } from '#lib/server/account/sign-up-commands.ts';
import { browserOf, forgetSignUp, waitingSignUp, writeToken } from '#lib/server/auth/cookie.ts';
import { startingPlace } from '#lib/server/auth/session.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** Empty in the browser that signed up, which is not asked. */
const schema = z.object({ password: z.string().max(1000).default('') });

/** Opening the link changes nothing, because mail filters open links as well; the button does. */
export const load: PageServerLoad = async ({ locals, params, url, cookies }) => ({
  signUp: await verificationOf(locals.ctx, {
    token: params.token,
    browserToken: waitingSignUp(cookies)?.token ?? null,
  }),
  change: await emailChangeOf(locals.ctx, params.token),
  done: url.searchParams.get('done'),
});

const used = () => fail(409, { refused: 'link-used', until: null });

export const actions: Actions = {
  confirm: async (event) => {
    const { ctx, lang, session } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    if (!form.ok) return fail(400, { refused: 'wrong', until: null });
    const browser = browserOf(event);
    const outcome = await verifyEmail(
      ctx,
      {
        token: event.params.token,
        browserToken: waitingSignUp(event.cookies)?.token ?? null,
        password: form.data.password,
      },
      browser.address,
    );
    if (!outcome.ok) {
      const until = againAt(outcome, ctx.now());
      return outcome.code === 'link-used'
        ? used()
        : fail(until ? 429 : 400, { refused: outcome.code, until });
    }
    forgetSignUp(event.cookies);
    if (session) redirect(303, href(lang, '/sign-in?done=verified'));
    const opened = await openSession(ctx, { accountId: outcome.value.accountId, browser });
    if (!opened.ok) return used();
    writeToken(ctx.db, event.cookies, opened.value.token);
    redirect(303, href(lang, await startingPlace(ctx.db, opened.value.accountId)));
  },
  change: async ({ locals, params }) => {
    const outcome = await confirmEmailChange(locals.ctx, { token: params.token });
    if (!outcome.ok) return used();
    const done = outcome.value.changed ? 'changed' : 'half';
    redirect(303, href(locals.lang, `/verify/${params.token}?done=${done}`));
  },
};
