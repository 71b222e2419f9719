import { DEADLINE_RANGES } from '#lib/domain/search/deadline.ts';
import {
  OPPORTUNITY_FACETS,
  OPPORTUNITY_SORTS,
  type OpportunityFacet,
} from '#lib/domain/opportunity/listing.ts';
import { facetNames } from '#lib/server/opportunity/name-queries.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
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
import { mapCountries } from '#lib/server/search/map-queries.ts';
import { searchOpportunities, searchRequestOf, type SearchPage } from '#lib/server/search/queries.ts';
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
  const filters = knownDeadlines(filtersOf(url.searchParams, OPPORTUNITY_FACETS));
  const sort = OPPORTUNITY_SORTS.find((one) => one === address.sort) ?? (q === '' ? 'deadline' : 'relevance');
  const view = viewOf(url.searchParams);
  const asked = { q, filters };
  const ahead = readAhead((ids) => opportunityCards(ctx, ids));
  const { foreseen } = ahead;
  const found = await searchOpportunities(ctx, {
    ...{ ...address, ...requestOf(ctx, withDeadline(asked)), sort },
    ...(view === 'list' ? { foreseen } : {}),
  });
  const [cards, names, wider] = await Promise.all([
    view === 'list' ? ahead.read(found.ids) : [],
    facetNames(ctx),
    widerSearches(ctx, 'opportunity', asked, found.total),
  ]);
  const facets = countsOf(found);
  const used = <T>(facet: OpportunityFacet, map: ReadonlyMap<string, T>) =>
    new Map([...map].filter(([id]) => id in facets[facet] || filters[facet]?.includes(id)));
  const named = cards.map(({ id, title }) => ({ id, name: title }));
  noteSearchOf(event, 'opportunity', found.total);
  return {
    ...{ q, filters, sort, facets, view, cards, wider },
    notes: found.notes,
    total: found.total,
    page: found.page,
    perPage: found.limit,
    marks: marksOf(found, named),
    explained: explainedHits(ctx, found, named),
    meant: found.total === 0 && q !== '' ? await didYouMean(ctx, q, wider) : [],
    nearest: found.total === 0 ? await nearest(ctx, wider[0]) : [],
    map: view === 'map' ? await mapCountries(ctx, facets.country, filters.country) : null,
    names: {
      minerals: used('mineral', names.minerals),
      stages: names.stages,
      capabilities: used('capability', names.capabilities),
      countries: used('country', names.countries),
      certificates: used('certification', names.certificates),
    },
    now: ctx.now().toISOString(),
  };
};

type Filters = Partial<Record<OpportunityFacet, string[]>>;
type Asked = Parameters<typeof requestOf>[1];

/** An address may say anything; a range that is none would look as if it filtered. */
function knownDeadlines(filters: Filters): Filters {
  const { deadline = [], ...rest } = filters;
  const known = deadline.filter((value) => DEADLINE_RANGES.some((range) => range === value));
  return known.length > 0 ? { ...rest, deadline: known } : rest;
}

/** The filter by deadline is always given, so that its ranges are counted. */
const withDeadline = (asked: Asked): Asked => ({ ...asked, filters: { deadline: [], ...asked.filters } });

function countsOf({ facets, deadlines }: SearchPage): Record<OpportunityFacet, Record<string, number>> {
  const { mineral, country, type, stage, capability, certification, status } = facets;
  return {
    ...{ mineral, country, type, stage, capability, certification, status },
    deadline: { ...deadlines },
  };
}

/** The first results of the nearest wider search. */
async function nearest(ctx: Context, wider: Asked | undefined) {
  if (!wider) return [];
  const found = await searchOpportunities(ctx, { ...requestOf(ctx, wider), limit: NEAREST, facets: false });
  return opportunityCards(ctx, found.ids);
}
