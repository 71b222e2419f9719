import type { DeadlineFilter } from '#lib/domain/search/deadline.ts';
import { FACETS, type FacetValues, type IndexKind } from '#lib/domain/search/document.ts';
import { highlighter, type Range } from '#lib/domain/search/highlight.ts';
import type { Note } from '#lib/domain/search/query.ts';
import { audienceOf } from '#lib/server/search/audience.ts';
import { searchEngine } from '#lib/server/search/engine.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import {
  SORTS,
  type FacetCounts,
  type Hit,
  type SearchRequest,
  type SearchResult,
  type Sort,
  type Suggestion,
  type SuggestionKind,
} from '#lib/server/search/port.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** Searches for pages and the interface for programs. As whom is taken from the context, never from the request. */

export interface SearchPageRequest {
  q: string;
  filters?: FacetValues;
  deadline?: DeadlineFilter;
  sort?: Sort;
  /** From 1. */
  page?: number;
  limit?: number;
  /** Count the values of all facets; so when left out. */
  facets?: boolean;
  /** Is told the hits of the page if they are known before the rest of the answer; they may turn out to be others. */
  foreseen?(this: void, ids: readonly string[]): void;
}

export interface SearchPage {
  total: number;
  page: number;
  limit: number;
  pages: number;
  /** In order. Rows are to be read again through the noun's own `visibleTo` before anything is shown. */
  ids: string[];
  /** Why each hit is one; reasons only for officials. */
  hits: readonly Hit[];
  facets: FacetCounts;
  /** How many lie in each range of deadlines, when a filter by deadline was given. */
  deadlines: NonNullable<SearchResult['deadlines']> | null;
  notes: readonly Note[];
  /** The query as it was read. */
  read: string;
  /** The stretches of a text to mark. */
  marks(text: string): Range[];
}

const LIMIT = 20;

async function searchPage(ctx: Context, kind: IndexKind, request: SearchPageRequest): Promise<SearchPage> {
  const limit = Math.min(100, Math.max(1, Math.trunc(request.limit ?? LIMIT)));
  const page = Math.max(1, Math.trunc(request.page ?? 1));
  const asked: SearchRequest = {
    kind,
    q: request.q,
    audience: audienceOf(ctx.actor, koreanDay(ctx.now())),
    filters: request.filters ?? {},
    ...(request.deadline ? { deadline: request.deadline } : {}),
    sort: request.sort ?? 'relevance',
    lang: ctx.lang,
    offset: (page - 1) * limit,
    limit,
    facets: request.facets ?? true,
    explain: ctx.actor.kind === 'official',
  };
  const { foreseen } = request;
  const result = await searchEngine(ctx.db).query(asked, foreseen ? { foreseen } : {});
  const { total, hits, notes, read, terms, lexicon: words = lexicon() } = result;
  let mark: ((text: string) => Range[]) | null = null;
  return {
    ...{ total, page, limit, pages: Math.ceil(total / limit), ids: hits.map((h) => h.id), hits, notes, read },
    facets: result.facets ?? emptyCounts(),
    deadlines: result.deadlines ?? null,
    marks: (text) => (mark ??= highlighter(words, terms))(text.normalize('NFC')),
  };
}

/** The ids of a whole result in order, in batches, each once even if the index changes meanwhile. */
export async function* foundIds(
  ctx: Context,
  kind: IndexKind,
  request: SearchPageRequest,
  { most, batch }: { most: number; batch: number },
): AsyncGenerator<string[]> {
  const seen = new Set<string>();
  for (let offset = 0; offset < most; offset += batch) {
    const limit = Math.min(batch, most - offset);
    const { hits } = await searchEngine(ctx.db).query({
      ...{ kind, q: request.q, lang: ctx.lang, offset, limit },
      audience: audienceOf(ctx.actor, koreanDay(ctx.now())),
      filters: request.filters ?? {},
      ...(request.deadline ? { deadline: request.deadline } : {}),
      sort: request.sort ?? 'relevance',
    });
    const fresh = hits.map(({ id }) => id).filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    yield fresh;
    if (hits.length < limit) return;
  }
}

function emptyCounts(): FacetCounts {
  return Object.fromEntries(FACETS.map((f) => [f, {}])) as FacetCounts;
}

export const searchCompanies = (ctx: Context, request: SearchPageRequest): Promise<SearchPage> =>
  searchPage(ctx, 'company', request);

export const searchOpportunities = (ctx: Context, request: SearchPageRequest): Promise<SearchPage> =>
  searchPage(ctx, 'opportunity', request);

export const searchProjects = (ctx: Context, request: SearchPageRequest): Promise<SearchPage> =>
  searchPage(ctx, 'project', request);

/** A few lines for what was typed so far: terms of the field, then names the actor may see. */
export async function suggest(
  ctx: Context,
  q: string,
  options: { kinds?: readonly SuggestionKind[]; limit?: number } = {},
): Promise<Suggestion[]> {
  return await searchEngine(ctx.db).suggest({
    ...{ q, lang: ctx.lang, audience: audienceOf(ctx.actor, koreanDay(ctx.now())) },
    ...options,
  });
}

/** Search parameters of an address: `q`, facets (repeated: any of), `sort`, `page`. Unknown values are left out. */
export function searchRequestOf(params: URLSearchParams): SearchPageRequest {
  const filters: Partial<Record<(typeof FACETS)[number], string[]>> = {};
  for (const facet of FACETS) {
    const values = params.getAll(facet).filter((v) => v !== '' && v.length < 100);
    if (values.length > 0) filters[facet] = values.slice(0, 50);
  }
  const sort = SORTS.find((s) => s === params.get('sort'));
  const page = Number(params.get('page') ?? '1');
  return {
    q: (params.get('q') ?? '').slice(0, 300),
    filters,
    ...(sort === undefined ? {} : { sort }),
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
}
