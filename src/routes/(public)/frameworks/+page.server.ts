import { pageNumber, pageOf, PER_PAGE } from '#lib/domain/form/paging.ts';
import { FRAMEWORK_KINDS } from '#lib/domain/framework/framework.ts';
import { frameworkCards } from '#lib/server/framework/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const query = url.searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, 100);
  const kinds = FRAMEWORK_KINDS.filter((kind) => query.getAll('kind').includes(kind));
  const found = (await frameworkCards(ctx)).filter((card) =>
    [card.name.ko, card.name.en, card.leadBody.ko, card.leadBody.en].some((text) =>
      text.toLowerCase().includes(q.toLowerCase()),
    ),
  );
  const matches = found.filter((card) => kinds.length === 0 || kinds.includes(card.kind));
  const page = pageNumber(query.get('page'), matches.length);
  return {
    q,
    kinds,
    counts: FRAMEWORK_KINDS.map((kind) => ({ kind, n: found.filter((card) => card.kind === kind).length })),
    total: matches.length,
    page,
    perPage: PER_PAGE,
    cards: pageOf(matches, page),
  };
};
