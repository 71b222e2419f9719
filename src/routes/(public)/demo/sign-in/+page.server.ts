import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { safeNext } from '#lib/domain/account/next.ts';
import { optionalText, text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { DEMO_PEOPLE, demoPeople, signInToDemo } from '#lib/server/account/sign-in-commands.ts';
import { browserOf, writeToken } from '#lib/server/auth/cookie.ts';
import { endSession, startingPlace } from '#lib/server/auth/session.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({ who: text(40), next: optionalText(2000) });

export const load: PageServerLoad = () => {
  const people = demoPeople();
  if (people.length === 0) notFound();
  return { people };
};

export const actions: Actions = {
  default: async (event) => {
    const { ctx, lang, session } = event.locals;
    const form = readForm(await event.request.formData(), schema);
    const person = form.ok ? DEMO_PEOPLE.find(({ who }) => who === form.data.who) : undefined;
    if (!form.ok || !person) notFound();
    const outcome = await signInToDemo(ctx, person.email, browserOf(event));
    if (!outcome.ok) return refused(outcome);
    if (session) await endSession(ctx.db, session.id);
    writeToken(ctx.db, event.cookies, outcome.value.token);
    const home = href(lang, await startingPlace(ctx.db, outcome.value.accountId));
    redirect(303, safeNext(form.data.next) ?? home);
  },
};
