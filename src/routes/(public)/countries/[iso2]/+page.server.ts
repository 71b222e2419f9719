import { redirect } from '@sveltejs/kit';
import { calendarDay } from '#lib/domain/form/day.ts';
import { href } from '#lib/i18n/address.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import { countryDetail } from '#lib/server/insight/country-queries.ts';
import { opportunitiesOfCountry } from '#lib/server/opportunity/queries.ts';
import { projectsOfCountry } from '#lib/server/project/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx, lang }, params, url }) => {
  const iso2 = params.iso2.toUpperCase();
  if (iso2 !== params.iso2) redirect(308, href(lang, `/countries/${iso2}`) + url.search);
  const on = calendarDay(url.searchParams.get('on'));
  const country = await countryDetail(ctx, iso2, on);
  if (!country) notFound();
  const [projects, opportunities] = await Promise.all([
    projectsOfCountry(ctx, iso2),
    opportunitiesOfCountry(ctx, iso2),
  ]);
  return { now: ctx.now(), country, projects, opportunities, on, asked: url.searchParams.get('on') ?? '' };
};
