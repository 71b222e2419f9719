import { fail, redirect } from '@sveltejs/kit';
import { countryForm, PROFILE_LANGUAGES, reachForm } from '#lib/domain/company/profile.ts';
import { partnerForm } from '#lib/domain/engagement/team-form.ts';
import { href } from '#lib/i18n/address.ts';
import { saveReach } from '#lib/server/company/commands.ts';
import { reference } from '#lib/server/company/choices.ts';
import { putCountryEntry, removeEntry } from '#lib/server/company/entry-commands.ts';
import { nextAct, postEntry } from '#lib/server/company/entry-forms.ts';
import { fieldNumber, newEntry, yearOf } from '#lib/server/company/profile-pages.ts';
import { ownProfile } from '#lib/server/company/queries.ts';
import { setPartnerConsent } from '#lib/server/engagement/partner-commands.ts';
import { ownPartnerConsent } from '#lib/server/engagement/partner-queries.ts';
import { placeChoices } from '#lib/server/opportunity/name-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/company/profile/reach';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const [profile, book, places] = await Promise.all([ownProfile(ctx), reference(ctx), placeChoices(ctx)]);
  if (profile === null) notFound();
  const { reach } = profile.snapshot;
  return {
    seen: profile.savedSteps.reach ?? '',
    saved: {
      languages: reach.languages,
      can_invest: reach.canInvest ? 'on' : '',
      own_equity_usd: fieldNumber(reach.ownEquityUsd),
      pseudonymous: reach.pseudonymous ? 'on' : '',
      excluded_countries: reach.excludedCountries,
      excluded_types: reach.excludedTypes,
      minimum_value_usd: fieldNumber(reach.minimumValueUsd),
    },
    languages: [...new Set([...PROFILE_LANGUAGES, ...reach.languages])],
    lines: profile.rows.countries.map((line) => ({
      ...line,
      country: book.countries.get(line.country) ?? { id: line.country, ko: line.country, en: line.country },
    })),
    countries: [...book.countries.values()].filter(({ id }) => id !== 'EU' && id !== 'KR'),
    places,
    entry: newEntry(),
    partner: await ownPartnerConsent(ctx),
  };
};

export const actions: Actions = {
  save: async ({ locals: { ctx, lang }, request }) => {
    const formData = await request.formData();
    const form = readForm(formData, reachForm);
    if (!form.ok) return fail(400, { ...form.invalid, refused: 'invalid', about: 'reach' as const });
    const outcome = await saveReach(ctx, form.data);
    if (!outcome.ok) {
      const failure = refused(outcome, form.values);
      return fail(failure.status, { ...failure.data, about: 'reach' as const });
    }
    const exit = nextAct(formData) === 'exit';
    redirect(303, href(lang, exit ? '/company?done=reach' : '/company/profile/review?done=reach'));
  },
  country: async ({ locals: { ctx, lang }, request }) => {
    const posted = await postEntry(ctx, await request.formData(), countryForm(yearOf(ctx)), (input) =>
      putCountryEntry(ctx, input),
    );
    if (posted.outcome.ok) redirect(303, href(lang, `${PAGE}?done=country#countries`));
    const failure = refused(posted.outcome, posted.values);
    return fail(failure.status, { ...failure.data, about: 'country' as const });
  },
  partner: async ({ locals: { ctx, lang }, request }) => {
    const form = readForm(await request.formData(), partnerForm);
    if (!form.ok) return fail(400, { ...form.invalid, refused: 'invalid', about: 'partner' as const });
    const outcome = await setPartnerConsent(ctx, { audience: form.data.audience });
    if (!outcome.ok) {
      const failure = refused(outcome, form.values);
      return fail(failure.status, { ...failure.data, about: 'partner' as const });
    }
    redirect(303, href(lang, '/company/teams?done=consent'));
  },
  partnerOff: async ({ locals: { ctx, lang } }) => {
    const outcome = await setPartnerConsent(ctx, { audience: null });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(lang, '/company/teams?done=consent-withdrawn'));
  },
  remove: async ({ locals: { ctx, lang }, request }) => {
    const id = String((await request.formData()).get('id'));
    const outcome = await removeEntry(ctx, { kind: 'country', id });
    if (!outcome.ok) return refused({ ok: false, code: outcome.code });
    redirect(303, href(lang, `${PAGE}?done=removed#countries`));
  },
};
