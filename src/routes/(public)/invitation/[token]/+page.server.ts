import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { consentFields, givenConsents } from '#lib/domain/account/consent-fields.ts';
import { newPassword } from '#lib/domain/account/password-fields.ts';
import { text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { acceptAsNewcomer, acceptInvitation, invitationOf } from '#lib/server/account/invitation-commands.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { openSession } from '#lib/server/account/sign-in-commands.ts';
import { browserOf, writeToken } from '#lib/server/auth/cookie.ts';
import { startingPlace, wearNewHat } from '#lib/server/auth/session.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({ name: text(100), password: newPassword(), ...consentFields });

export const load: PageServerLoad = async ({ locals, params }) => {
  const invitation = await invitationOf(locals.ctx, params.token);
  const signedInAs = locals.session?.account.email ?? null;
  return { invitation, signedInAs, here: `/invitation/${params.token}` };
};

export const actions: Actions = {
  /** With the account that is signed in. */
  accept: async (event) => {
    const { ctx, lang, session } = event.locals;
    const outcome = await acceptInvitation(ctx, { token: event.params.token });
    if (!outcome.ok || !session) {
      return fail(409, {
        errors: {},
        refused: outcome.ok ? 'link-used' : outcome.code,
        until: null,
        values: {},
      });
    }
    const token = await wearNewHat(ctx, session, outcome.value.hat, browserOf(event));
    writeToken(ctx.db, event.cookies, token);
    redirect(303, href(lang, await startingPlace(ctx.db, session.account.id)));
  },
  /** As somebody without an account. */
  join: async (event) => {
    const { ctx, lang } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    if (!form.ok) return fail(400, { ...form.invalid, refused: null, until: null });
    const browser = browserOf(event);
    const input = { ...form.data, token: event.params.token, consents: givenConsents(form.data) };
    const outcome = await acceptAsNewcomer(ctx, input, browser.address);
    if (!outcome.ok) {
      const until = againAt(outcome, ctx.now());
      const status = until ? 429 : outcome.fields ? 400 : 409;
      return fail(status, {
        errors: outcome.fields ?? {},
        refused: outcome.code,
        until,
        values: form.values,
      });
    }
    const opened = await openSession(ctx, { accountId: outcome.value.accountId, browser });
    if (!opened.ok) return fail(409, { errors: {}, refused: 'link-used', until: null, values: {} });
    writeToken(ctx.db, event.cookies, opened.value.token);
    redirect(303, href(lang, await startingPlace(ctx.db, outcome.value.accountId)));
  },
};
