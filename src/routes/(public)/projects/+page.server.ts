import { pageNumber, pageOf, PER_PAGE } from '#lib/domain/form/paging.ts';
import { countOverlapping } from '#lib/domain/project/counts.ts';
import {
  listProjects,
  PROJECT_FILTERS,
  PROJECT_SORTS,
  projectFilters,
  type ProjectFilters,
  type ProjectSort,
} from '#lib/domain/project/listing.ts';
import type { ProjectCard } from '#lib/domain/project/view.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { projectCards } from '#lib/server/project/queries.ts';
import { searchProjects } from '#lib/server/search/queries.ts';
import type { PageServerLoad } from './$types';

/** Longer searches are cut: nobody types them. */
const LONGEST_QUERY = 200;

export const load: PageServerLoad = async ({ locals: { ctx, lang }, url }) => {
  const query = url.searchParams;
  const q = (query.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  const filters = projectFilters(query);
  const sort = sortOf(query.get('sort'), q);
  const found = q === '' ? null : await search(ctx, q);
  const cards = await projectCards(ctx, found?.ids);
  const { matches, counts } = listProjects(cards, filters, sort, (names) => nameIn(lang, names));
  const page = pageNumber(query.get('page'), matches.length);
  return {
    q,
    notes: found?.notes ?? [],
    sort,
    filters,
    counts,
    names: namesOf(cards),
    total: matches.length,
    page,
    perPage: PER_PAGE,
    cards: pageOf(matches, page),
    places: matches.flatMap(({ id, name, lat, lon }) =>
      lat === null || lon === null ? [] : { id, name, lat, lon },
    ),
    byStage: countOverlapping(matches, (card) => card.stages),
    wider: matches.length === 0 ? wider(cards, filters) : [],
  };
};

/** Hits of one search that the list works with; nobody reads further. */
const MOST_HITS = 500;

/** Ids of the projects that a search finds, best first. */
async function search(ctx: Context, q: string) {
  const first = await searchProjects(ctx, { q, limit: 100 });
  const ids = [...first.ids];
  for (let page = 2; page <= first.pages && ids.length < MOST_HITS; page += 1) {
    ids.push(...(await searchProjects(ctx, { q, limit: 100, page })).ids);
  }
  return { ids, notes: first.notes };
}

function sortOf(text: string | null, q: string): ProjectSort {
  const asked = PROJECT_SORTS.find((sort) => sort === text);
  return asked ?? (q === '' ? 'name' : 'found');
}

function namesOf(cards: ProjectCard[]) {
  return {
    minerals: new Map(cards.flatMap((card) => card.minerals).map((mineral) => [mineral.id, mineral])),
    countries: new Map(cards.map((card) => [card.country.id, card.country])),
  };
}

/** How many there are when one filter in force is taken away. */
function wider(cards: ProjectCard[], filters: ProjectFilters) {
  return PROJECT_FILTERS.filter((name) => filters[name].length > 0)
    .map((name) => ({
      name,
      total: listProjects(cards, { ...filters, [name]: [] }, 'name', (names) => names.en).matches.length,
    }))
    .filter(({ total }) => total > 0);
}
