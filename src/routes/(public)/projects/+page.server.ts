import { pageNumber, pageOf, PER_PAGE } from '#lib/domain/form/paging.ts';
import { countOverlapping } from '#lib/domain/project/counts.ts';
import { listProjects, type ProjectFilterName, type ProjectFilters } from '#lib/domain/project/listing.ts';
import type { ProjectCard } from '#lib/domain/project/view.ts';
import { widerThan, type Asked } from '#lib/domain/search/widen.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { noteSearchOf } from '#lib/server/platform/http/note-search.ts';
import { didYouMean, explainedHits, marksOf, viewOf } from '#lib/server/search/list-queries.ts';
import { mapCountries } from '#lib/server/search/map-queries.ts';
import { cardsFound, projectList } from '#lib/server/search/project-list.ts';
import type { PageServerLoad } from './$types';

/** Results of a wider search that an empty list shows. */
const NEAREST = 3;
/** Below this many results the nearest wider searches are offered. */
const FEW = 4;

export const load: PageServerLoad = async (event) => {
  const {
    locals: { ctx },
    url,
  } = event;
  const list = await projectList(ctx, url.searchParams);
  const { q, notes, sort, filters, counts, matches } = list;
  const page = pageNumber(url.searchParams.get('page'), matches.length);
  const cards = pageOf(matches, page);
  const view = viewOf(url.searchParams);
  const wider = matches.length < FEW ? await widerSearches(ctx, q, filters, matches.length) : [];
  noteSearchOf(event, 'project', matches.length);
  return {
    ...{ q, notes, sort, filters, counts, page, cards, wider, view },
    names: namesOf(list.cards),
    total: matches.length,
    perPage: PER_PAGE,
    marks: marksOf(list, cards),
    explained: explainedHits(ctx, list, cards),
    map: view === 'map' ? await mapOf(ctx, matches) : null,
    byStage: countOverlapping(matches, (card) => card.stages),
    meant: matches.length === 0 && q !== '' ? await didYouMean(ctx, q, wider) : [],
    nearest: matches.length === 0 ? await nearest(ctx, wider[0]) : [],
  };
};

/** The projects at their places, and how many lie in each country. */
async function mapOf(ctx: Context, matches: readonly ProjectCard[]) {
  const inCountries: Record<string, number> = {};
  for (const { country } of matches) inCountries[country.id] = (inCountries[country.id] ?? 0) + 1;
  return {
    countries: await mapCountries(ctx, inCountries),
    places: matches.flatMap(({ id, name, lat, lon }) =>
      lat === null || lon === null ? [] : { id, name, lat, lon },
    ),
  };
}

function namesOf(cards: ProjectCard[]) {
  return {
    minerals: new Map(cards.flatMap((card) => card.minerals).map((mineral) => [mineral.id, mineral])),
    countries: new Map(cards.map((card) => [card.country.id, card.country])),
  };
}

/** What an address asks for when some filters are left out. */
function filtersFrom(filters: Asked['filters']): ProjectFilters {
  const values = (name: ProjectFilterName) => [...(filters[name] ?? [])];
  return {
    ...{ mineral: values('mineral'), stage: values('stage'), phase: values('phase') },
    ...{ country: values('country'), msp: values('msp'), korean: values('korean') },
  };
}

async function matchesOf(ctx: Context, asked: Asked): Promise<ProjectCard[]> {
  const { cards } = await cardsFound(ctx, asked.q);
  return listProjects(cards, filtersFrom(asked.filters), asked.q === '' ? 'name' : 'found', (name) => name.en)
    .matches;
}

async function widerSearches(ctx: Context, q: string, filters: ProjectFilters, total: number) {
  const inForce = Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0));
  return widerThan({ q, filters: inForce }, total, async (one) => (await matchesOf(ctx, one)).length);
}

/** The first results of the nearest wider search. */
async function nearest(ctx: Context, wider: Asked | undefined): Promise<ProjectCard[]> {
  return wider ? (await matchesOf(ctx, wider)).slice(0, NEAREST) : [];
}
