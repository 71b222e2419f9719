import { FACETS, type Facet, type FacetValues } from '#lib/domain/search/document.ts';
import { facetNames } from '#lib/server/opportunity/name-queries.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import { searchOpportunities, searchRequestOf, type SearchPageRequest } from '#lib/server/search/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

/** Filters of this list, in the order shown. */
const SHOWN = ['mineral', 'country', 'type', 'stage', 'status'] as const satisfies readonly Facet[];
/** Below this many results the nearest wider searches are offered. */
const FEW = 4;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const asked = searchRequestOf(url.searchParams);
  const filters = onlyShown(asked.filters ?? {});
  const sort = asked.sort ?? (asked.q.trim() === '' ? 'deadline' : 'relevance');
  const request: SearchPageRequest = { ...asked, filters, sort };
  const found = await searchOpportunities(ctx, request);
  const [cards, names] = await Promise.all([opportunityCards(ctx, found.ids), facetNames(ctx)]);
  return {
    q: asked.q.trim(),
    filters,
    sort,
    facets: found.facets,
    notes: found.notes,
    total: found.total,
    page: found.page,
    perPage: found.limit,
    cards,
    names,
    wider: found.total < FEW ? await wider(ctx, request, found.total) : [],
    now: ctx.now().toISOString(),
  };
};

function onlyShown(filters: FacetValues): FacetValues {
  const kept: Partial<Record<Facet, readonly string[]>> = {};
  for (const facet of FACETS) {
    const values = filters[facet];
    if (values !== undefined && SHOWN.some((one) => one === facet)) kept[facet] = values;
  }
  return kept;
}

/** How many there are when one filter, or what was typed, is left out; only what finds more. */
async function wider(ctx: Context, request: SearchPageRequest, total: number) {
  const filters = request.filters ?? {};
  const ways: { drop: Facet | 'q'; request: SearchPageRequest }[] = SHOWN.filter(
    (facet) => (filters[facet]?.length ?? 0) > 0,
  ).map((drop) => ({
    drop,
    request: { ...request, filters: { ...filters, [drop]: [] }, page: 1, limit: 1 },
  }));
  if (request.q.trim() !== '') ways.push({ drop: 'q', request: { ...request, q: '', page: 1, limit: 1 } });
  const found = await Promise.all(
    ways.map(async (way) => ({ drop: way.drop, total: (await searchOpportunities(ctx, way.request)).total })),
  );
  return found.filter((one) => one.total > total);
}
