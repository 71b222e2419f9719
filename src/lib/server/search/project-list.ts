import {
  listProjects,
  PROJECT_SORTS,
  projectFilters,
  type ProjectFilters,
  type ProjectListing,
  type ProjectSort,
} from '#lib/domain/project/listing.ts';
import type { Note } from '#lib/domain/search/query.ts';
import type { ProjectCard } from '#lib/domain/project/view.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { projectCards } from '#lib/server/project/queries.ts';
import { searchProjects, type SearchPage } from '#lib/server/search/queries.ts';

/** The list of projects. There are few enough that its filters are applied to the cards themselves. */

/** Longer searches are cut: nobody types them. */
const LONGEST_QUERY = 200;
/** Hits of one search that the list works with; nobody reads further. */
const MOST_HITS = 500;

export interface ProjectList extends ProjectListing {
  q: string;
  filters: ProjectFilters;
  sort: ProjectSort;
  notes: readonly Note[];
  marks: SearchPage['marks'];
  hits: SearchPage['hits'];
  /** What the words alone find. */
  cards: ProjectCard[];
}

/** The list that an address asks for. */
export async function projectList(ctx: Context, params: URLSearchParams): Promise<ProjectList> {
  const q = (params.get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  const filters = projectFilters(params);
  const sort = PROJECT_SORTS.find((one) => one === params.get('sort')) ?? (q === '' ? 'name' : 'found');
  const found = await cardsFound(ctx, q);
  return {
    ...{ q, filters, sort, ...found },
    ...listProjects(found.cards, filters, sort, (names) => nameIn(ctx.lang, names)),
  };
}

/** Cards of what words find, best first; all when there are none. */
export async function cardsFound(
  ctx: Context,
  q: string,
): Promise<Pick<ProjectList, 'cards' | 'notes' | 'marks' | 'hits'>> {
  if (q === '') return { cards: await projectCards(ctx), notes: [], marks: () => [], hits: [] };
  const first = await searchProjects(ctx, { q, limit: 100 });
  const hits = [...first.hits];
  for (let page = 2; page <= first.pages && hits.length < MOST_HITS; page += 1)
    hits.push(...(await searchProjects(ctx, { q, limit: 100, page, facets: false })).hits);
  const ids = hits.map(({ id }) => id);
  return { cards: await projectCards(ctx, ids), notes: first.notes, marks: first.marks, hits };
}
