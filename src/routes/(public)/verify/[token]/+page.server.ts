import { fail, redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { confirmEmailChange, emailChangeOf } from '#lib/server/account/credential-commands.ts';
import { openSession } from '#lib/server/account/sign-in-commands.ts';
import { verificationOf, verifyEmail } from '#lib/server/account/sign-up-commands.ts';
import { browserOf, forgetSignUp, waitingSignUp, writeToken } from '#lib/server/auth/cookie.ts';
import { startingPlace } from '#lib/server/auth/session.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the link changes nothing, because mail filters open links as well; the button does. */
export const load: PageServerLoad = async ({ locals, params, url }) => ({
  signUp: await verificationOf(locals.ctx, params.token),
  change: await emailChangeOf(locals.ctx, params.token),
  done: url.searchParams.get('done'),
});

const used = () => fail(409, { refused: 'link-used' as const });

export const actions: Actions = {
  confirm: async (event) => {
    const { ctx, lang, session } = event.locals;
    const browserToken = waitingSignUp(event.cookies)?.token ?? null;
    const outcome = await verifyEmail(ctx, { token: event.params.token, browserToken });
    if (!outcome.ok) return used();
    forgetSignUp(event.cookies);
    if (!outcome.value.signIn || session) redirect(303, href(lang, '/sign-in?done=verified'));
    const opened = await openSession(ctx, {
      accountId: outcome.value.accountId,
      browser: browserOf(event),
    });
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
