import { pageNumber, pageOf, PER_PAGE } from '#lib/domain/form/paging.ts';
import { COUNTRY_SORTS, listCountries } from '#lib/domain/insight/country-listing.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { countryCards } from '#lib/server/insight/country-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx, lang }, url }) => {
  const query = url.searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, 100);
  const filters = { region: query.getAll('region'), with: query.getAll('with') };
  const sort = COUNTRY_SORTS.find((one) => one === query.get('sort')) ?? 'name';
  const cards = (await countryCards(ctx)).filter((card) =>
    [card.ko, card.en, card.id, card.iso3].some((name) => name.toLowerCase().includes(q.toLowerCase())),
  );
  const { matches, counts } = listCountries(cards, filters, sort, (card) => nameIn(lang, card));
  const page = pageNumber(query.get('page'), matches.length);
  return {
    q,
    filters,
    sort,
    counts,
    total: matches.length,
    page,
    perPage: PER_PAGE,
    cards: pageOf(matches, page),
  };
};
