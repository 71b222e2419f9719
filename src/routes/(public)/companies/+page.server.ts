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
import type { FacetCounts } from '#lib/server/search/port.ts';
import { searchCompanies, searchRequestOf, type SearchPageRequest } from '#lib/server/search/queries.ts';
import type { PageServerLoad } from './$types';

/** Capabilities offered as filters. */
const MOST_CAPABILITIES = 40;
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
  const facets = shownFacets(found.facets, filters);
  const named = <T>(facet: CompanyFacet, map: ReadonlyMap<string, T>) =>
    new Map([...map].filter(([id]) => id in facets[facet] || filters[facet]?.includes(id)));
  return {
    q,
    filters,
    sort,
    facets,
    notes: found.notes,
    total: found.total,
    page: found.page,
    perPage: found.limit,
    cards,
    names: {
      minerals: named('mineral', book.minerals),
      stages: book.stages,
      capabilities: named('capability', book.capabilities),
      countries: named('country', book.countries),
      certificates: named('certification', book.certificates),
    },
    wider: found.total < FEW ? await wider(ctx, request, found.total) : [],
    today: koreanDay(ctx.now()),
  };
};

/**
 * The counts the page needs. Of 168 capabilities the most frequent are offered; a stage or a word leaves fewer, so
 * that all can be reached.
 */
function shownFacets(
  counts: FacetCounts,
  filters: CompanyFilters,
): Record<CompanyFacet, Record<string, number>> {
  const chosen = filters.capability ?? [];
  const capability = Object.entries(counts.capability)
    .sort(([, a], [, b]) => b - a)
    .filter(([id], i) => i < MOST_CAPABILITIES || chosen.includes(id));
  const rest = COMPANY_FACETS.map((facet) => [facet, counts[facet]] as const);
  return {
    ...(Object.fromEntries(rest) as Record<CompanyFacet, Record<string, number>>),
    capability: Object.fromEntries(capability),
  };
}

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
