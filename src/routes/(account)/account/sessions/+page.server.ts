import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { endSessions } from '#lib/server/account/sign-in-commands.ts';
import { deviceOf } from '#lib/domain/account/device.ts';
import { sessionsOf } from '#lib/server/auth/session.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = z.object({ session: text(64) });

export const load: PageServerLoad = async ({ locals, url }) => {
  if (!locals.session) notFound();
  const { id, account } = locals.session;
  const sessions = await sessionsOf(locals.ctx.db, account.id, id);
  return {
    sessions: sessions.map(({ agent, ...session }) => ({ ...session, device: deviceOf(agent) })),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  one: async ({ locals, request }) => {
    const form = readForm(await request.formData(), schema);
    if (!form.ok) notFound();
    const outcome = await endSessions(locals.ctx, { one: form.data.session });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/account/sessions?done=ended'));
  },
  others: async ({ locals }) => {
    if (!locals.session) notFound();
    const outcome = await endSessions(locals.ctx, { allBut: locals.session.id });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/account/sessions?done=ended'));
  },
};
