import {
  COMPANY_FACETS,
  COMPANY_SORTS,
  type CompanyFacet,
  type CompanyFilters,
  type CompanySort,
} from '#lib/domain/company/listing.ts';
import { reference } from '#lib/server/company/choices.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { searchCompanies, searchRequestOf, type SearchPageRequest } from '#lib/server/search/queries.ts';
import type { PageServerLoad } from './$types';

/** Below this many results the nearest wider searches are offered. */
const FEW = 4;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const asked = searchRequestOf(url.searchParams);
  const q = asked.q.trim();
  const filters: CompanyFilters = Object.fromEntries(
    COMPANY_FACETS.flatMap((facet) => {
      const values = asked.filters?.[facet];
      return values === undefined ? [] : [[facet, values]];
    }),
  );
  const sort = sortOf(asked.sort, q);
  const request: SearchPageRequest = { ...asked, filters, sort };
  const found = await searchCompanies(ctx, request);
  const [cards, book] = await Promise.all([companyCards(ctx, found.ids), reference(ctx)]);
  const { minerals, stages, capabilities, countries, certificates } = book;
  return {
    q,
    filters,
    sort,
    facets: found.facets,
    notes: found.notes,
    total: found.total,
    page: found.page,
    perPage: found.limit,
    cards,
    names: { minerals, stages, capabilities, countries, certificates },
    wider: found.total < FEW ? await wider(ctx, request, found.total) : [],
    today: koreanDay(ctx.now()),
  };
};

/** By fit when words were typed, else by name: a list without words has no best. */
function sortOf(asked: string | undefined, q: string): CompanySort {
  const known = COMPANY_SORTS.find((sort) => sort === asked);
  if (known === undefined || (known === 'relevance' && q === '')) return q === '' ? 'name' : 'relevance';
  return known;
}

/** How many there are when one filter, or what was typed, is left out; only what finds more. */
async function wider(ctx: Context, request: SearchPageRequest, total: number) {
  const filters = request.filters ?? {};
  const ways: { drop: CompanyFacet | 'q'; request: SearchPageRequest }[] = COMPANY_FACETS.filter(
    (facet) => (filters[facet]?.length ?? 0) > 0,
  ).map((drop) => ({
    drop,
    request: { ...request, filters: { ...filters, [drop]: [] }, page: 1, limit: 1 },
  }));
  if (request.q.trim() !== '') ways.push({ drop: 'q', request: { ...request, q: '', page: 1, limit: 1 } });
  const found = await Promise.all(
    ways.map(async (way) => ({ drop: way.drop, total: (await searchCompanies(ctx, way.request)).total })),
  );
  return found.filter((one) => one.total > total);
}
