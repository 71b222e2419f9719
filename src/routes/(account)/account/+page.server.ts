import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { CONSENT_DOCUMENTS } from '#lib/domain/account/consent.ts';
import { choice, text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { consentsOf, ownOpenRequests } from '#lib/server/account/queries.ts';
import { saveProfile, setConsent } from '#lib/server/account/profile-commands.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const nameSchema = z.object({ name: text(100) });
const consentSchema = z.object({
  document: choice(CONSENT_DOCUMENTS),
  given: choice(['yes', 'no']),
});

export const load: PageServerLoad = async ({ locals, url }) => {
  if (!locals.session) notFound();
  const { account, hats, acting } = locals.session;
  return {
    account,
    hats,
    acting,
    requests: await ownOpenRequests(locals.ctx),
    consents: await consentsOf(locals.ctx),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  name: async ({ locals, request }) => {
    const form = readForm(await request.formData(), nameSchema);
    if (!form.ok) return fail(400, { ...form.invalid, refused: null });
    const outcome = await saveProfile(locals.ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(locals.lang, '/account?done=saved'));
  },
  consent: async ({ locals, request }) => {
    const form = readForm(await request.formData(), consentSchema);
    if (!form.ok) notFound();
    const { document, given } = form.data;
    const outcome = await setConsent(locals.ctx, { document, given: given === 'yes' });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/account?done=saved#consents'));
  },
};
