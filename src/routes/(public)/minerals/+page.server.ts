import { pageNumber, pageOf, PER_PAGE } from '#lib/domain/form/paging.ts';
import { listMinerals, MINERAL_LISTS, MINERAL_SORTS } from '#lib/domain/insight/mineral-listing.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { mineralCards } from '#lib/server/insight/mineral-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx, lang }, url }) => {
  const query = url.searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, 100);
  const lists = MINERAL_LISTS.filter((list) => query.getAll('list').includes(list));
  const sort = MINERAL_SORTS.find((one) => one === query.get('sort')) ?? 'list';
  const { matches, counts } = listMinerals(await mineralCards(ctx, q), lists, sort, (card) =>
    nameIn(lang, card),
  );
  const page = pageNumber(query.get('page'), matches.length);
  return {
    q,
    lists,
    sort,
    counts,
    total: matches.length,
    page,
    perPage: PER_PAGE,
    cards: pageOf(matches, page),
  };
};
