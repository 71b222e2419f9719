import { fail, redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { companyDates } from '#lib/server/company/dates-queries.ts';
import { alertForm, setMatchAlerts } from '#lib/server/match/alert-commands.ts';
import { ownMatchAlerts } from '#lib/server/match/alert-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { refused } from '#lib/server/platform/http/refusals.ts';
import { savedForOrganisation } from '#lib/server/search/saved-queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** Saved searches named beside the dates; the rest is on their own page. */
const MOST_SEARCHES = 6;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => ({
  dates: await companyDates(ctx),
  searches: (await savedForOrganisation(ctx, MOST_SEARCHES)).map(({ id, name, fresh }) => ({
    id,
    name,
    fresh,
  })),
  matchAlerts: (await ownMatchAlerts(ctx, 'company')) ?? 'daily',
  done: url.searchParams.get('done'),
  now: ctx.now(),
});

export const actions: Actions = {
  /** How often the person is told of new strong matches. */
  matches: async ({ locals: { ctx, lang }, request }) => {
    const form = readForm(await request.formData(), alertForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await setMatchAlerts(ctx, { side: 'company', ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, '/company/alerts?done=alerts'));
  },
};
