import {
  COMPANY_FACETS,
  COMPANY_SORTS,
  type CompanyFacet,
  type CompanySort,
} from '#lib/domain/company/listing.ts';
import { reference } from '#lib/server/company/choices.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { noteSearchOf } from '#lib/server/platform/http/note-search.ts';
import {
  didYouMean,
  explainedHits,
  filtersOf,
  marksOf,
  requestOf,
  viewOf,
  widerSearches,
} from '#lib/server/search/list-queries.ts';
import { mapCountries, resultCounts } from '#lib/server/search/map-queries.ts';
import type { FacetCounts } from '#lib/server/search/port.ts';
import { searchCompanies, searchRequestOf } from '#lib/server/search/queries.ts';
import { readAhead } from '#lib/server/search/read-ahead.ts';
import type { PageServerLoad } from './$types';

/** Results of a wider search that an empty list shows. */
const NEAREST = 3;

export const load: PageServerLoad = async (event) => {
  const {
    locals: { ctx },
    url,
  } = event;
  const address = searchRequestOf(url.searchParams);
  const q = address.q.trim();
  const filters = filtersOf(url.searchParams, COMPANY_FACETS);
  const sort = sortOf(address.sort, q);
  const view = viewOf(url.searchParams);
  const asked = { q, filters };
  const ahead = readAhead((ids) => companyCards(ctx, ids));
  const { foreseen } = ahead;
  const found = await searchCompanies(ctx, {
    ...{ ...address, ...requestOf(ctx, asked), sort },
    ...(view === 'list' ? { foreseen } : {}),
  });
  const [cards, book, wider] = await Promise.all([
    view === 'list' ? ahead.read(found.ids) : [],
    reference(ctx),
    widerSearches(ctx, 'company', asked, found.total),
  ]);
  const facets = countsOf(found.facets);
  const named = <T>(facet: CompanyFacet, map: ReadonlyMap<string, T>) =>
    new Map([...map].filter(([id]) => id in facets[facet] || filters[facet]?.includes(id)));
  noteSearchOf(event, 'company', found.total);
  return {
    ...{ q, filters, sort, facets, view, cards, wider },
    notes: found.notes,
    total: found.total,
    page: found.page,
    perPage: found.limit,
    marks: marksOf(found, cards),
    explained: explainedHits(ctx, found, cards),
    meant: found.total === 0 && q !== '' ? await didYouMean(ctx, q, wider) : [],
    nearest: found.total === 0 ? await nearest(ctx, wider[0]) : [],
    map: view === 'map' ? await mapOf(ctx, facets, filters) : null,
    names: {
      minerals: named('mineral', book.minerals),
      stages: book.stages,
      capabilities: named('capability', book.capabilities),
      countries: named('country', book.countries),
      certificates: named('certification', book.certificates),
    },
    today: koreanDay(ctx.now()),
  };
};

const countsOf = (counts: FacetCounts) =>
  Object.fromEntries(COMPANY_FACETS.map((facet) => [facet, counts[facet]])) as Record<
    CompanyFacet,
    Record<string, number>
  >;

/** Where the companies of the result are and where they have worked. */
async function mapOf(
  ctx: Context,
  facets: Record<CompanyFacet, Record<string, number>>,
  filters: Partial<Record<CompanyFacet, string[]>>,
) {
  return {
    provinces: resultCounts('province', facets.province, filters.province ?? []),
    countries: await mapCountries(ctx, facets.country, filters.country),
  };
}

/** The first results of the nearest wider search. */
async function nearest(ctx: Context, wider: Parameters<typeof requestOf>[1] | undefined) {
  if (!wider) return [];
  const found = await searchCompanies(ctx, { ...requestOf(ctx, wider), limit: NEAREST, facets: false });
  return companyCards(ctx, found.ids);
}

/** By fit when words were typed, else by name: a list without words has no best. */
function sortOf(asked: string | undefined, q: string): CompanySort {
  const known = COMPANY_SORTS.find((sort) => sort === asked);
  if (known === undefined || (known === 'relevance' && q === '')) return q === '' ? 'name' : 'relevance';
  return known;
}
