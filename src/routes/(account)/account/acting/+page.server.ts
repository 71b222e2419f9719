import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { actorFor, homeOf } from '#lib/domain/account/hat.ts';
import { safeNext } from '#lib/domain/account/next.ts';
import { optionalText, text } from '#lib/domain/form/fields.ts';
import { href, stripLang } from '#lib/i18n/address.ts';
import { mayReach } from '#lib/server/account/gates.ts';
import { actAs } from '#lib/server/account/sign-in-commands.ts';
import { browserOf, writeToken } from '#lib/server/auth/cookie.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** `back` comes from the switcher in the header, `next` from a page that another hat opens. */
const schema = z.object({ hat: text(40), back: optionalText(2000), next: optionalText(2000) });

export const load: PageServerLoad = ({ locals, url }) => {
  if (!locals.session) notFound();
  const { hats, acting } = locals.session;
  if (hats.length === 0) redirect(303, href(locals.lang, '/account/organisation'));
  const to = url.searchParams.get('to');
  return {
    hats,
    acting,
    to: hats.find((hat) => hat.key === to)?.key ?? null,
    next: safeNext(url.searchParams.get('next')) ?? '',
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { ctx, lang, session } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    if (!form.ok || !session) notFound();
    const hat = session.hats.find(({ key }) => key === form.data.hat);
    if (!hat) notFound();
    const outcome = await actAs(ctx, { session, hat: hat.key, browser: browserOf(event) });
    if (!outcome.ok) return refused(outcome);
    writeToken(ctx.db, event.cookies, outcome.value.token);
    const wanted = safeNext(form.data.next) ?? safeNext(form.data.back);
    const path = stripLang(wanted?.split(/[?#]/, 1)[0] ?? '');
    // The page one came from may belong to the other hat; then the new hat's home is the place to be.
    const open = wanted !== null && mayReach(path, actorFor(session.account, hat));
    redirect(303, open ? wanted : href(lang, homeOf(hat)));
  },
};
