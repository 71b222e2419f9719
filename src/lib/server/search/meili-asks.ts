import type { MultiSearchQuery } from 'meilisearch';
import { z } from 'zod';
import { DEADLINE_RANGES } from '#lib/domain/search/deadline.ts';
import { FACETS, type Facet } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { planQuery, type Expr } from '#lib/domain/search/plan.ts';
import type { ParsedQuery } from '#lib/domain/search/query.ts';
import { isCounted, isFiltered, nothing } from '#lib/server/search/answer.ts';
import { meiliDeadline, noDeadlines, type DeadlineCounts } from '#lib/server/search/deadlines.ts';
import type { HeldView } from '#lib/server/search/held-view.ts';
import { read, type MeiliClient, type SearchAnswer } from '#lib/server/search/meili-client.ts';
import { LISTED_ATTRIBUTES, listedHit } from '#lib/server/search/meili-document.ts';
import { all, facetCounts, facetFilter, filterOf, findable } from '#lib/server/search/meili-filter.ts';
import { indexUid } from '#lib/server/search/meili-settings.ts';
import type { FacetCounts, Hit, SearchRequest, SearchResult } from '#lib/server/search/port.ts';

/** The requests that searches in Meilisearch are made of: counting, listing, and under which filters. */

export type Ask = Omit<MultiSearchQuery, 'indexUid' | 'filter'> & { filter: string };

/** One search put to the server. */
export interface Run {
  readonly client: MeiliClient;
  readonly lexicon: Lexicon;
  readonly request: SearchRequest;
  readonly signal: AbortSignal;
  readonly view: HeldView | null;
}

/** How many there are, under the filters and for the audience. */
export interface Count {
  readonly total: number;
  readonly facets: FacetCounts | null;
  readonly deadlines?: DeadlineCounts;
}

const listed = z.array(listedHit);

/** The order within a tier: vetted, then fresh, then id. */
export const STANDING = ['standing:desc', 'id:asc'];

/** Puts some requests to the server at once; answers in their order. */
export async function ask(run: Run, asks: readonly Ask[]): Promise<SearchAnswer[]> {
  const uid = indexUid(run.client.prefix, run.request.kind, 'documents');
  return await run.client.search(
    asks.map((one) => ({ indexUid: uid, ...one })),
    run.signal,
  );
}

/** Characters of filters from which on a request is full: so many take the server longer than a request more does. */
const FULL = 4000;

/**
 * Puts steps of a search to the server until one has what is wanted. Small ones go together; of great ones each waits
 * for what those before it found. One that asks for the same as another, or as `asked`, is left out. `wanted` reads
 * the answers to each step in their order; null: the next one is needed.
 */
export async function askInTurn<T>(
  run: Run,
  steps: readonly (() => readonly Ask[])[],
  wanted: (answers: readonly SearchAnswer[], step: number) => T | null,
  asked: string | null = null,
): Promise<T | null> {
  const seen = new Set([asked]);
  for (let next = 0; next < steps.length;) {
    const group: { step: number; asks: readonly Ask[] }[] = [];
    for (let size = 0; size < FULL && next < steps.length; next++) {
      const asks = steps[next]?.() ?? [];
      const filters = asks.map(({ filter }) => filter).join('\n');
      if (seen.has(filters)) continue;
      seen.add(filters);
      group.push({ step: next, asks });
      size += filters.length;
    }
    const answers = await ask(
      run,
      group.flatMap(({ asks }) => asks),
    );
    for (const { step, asks } of group) {
      const found = wanted(answers.splice(0, asks.length), step);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The filters, the audience and an expression together; null when nothing can match. */
export function where(
  run: Run,
  match: Expr | null,
  without: Facet | 'deadline' | null = null,
): string | null {
  const text = match === null ? '' : filterOf(match);
  if (text === null) return null;
  const facets = facetFilter(run.request.filters, without === 'deadline' ? null : without);
  const deadline = without === 'deadline' ? null : meiliDeadline(run.request.deadline);
  return all(findable(run.request.audience), facets, deadline, text);
}

/** How many a request found. */
export const total = (answer: SearchAnswer | undefined): number => answer?.estimatedTotalHits ?? 0;

/** Facets that are filtered by: each is counted without its own filter. */
const filtered = (run: Run): Facet[] =>
  run.request.facets ? FACETS.filter((f) => (run.request.filters?.[f]?.length ?? 0) > 0) : [];

/** What counts an expression: the total with all facets, then each filtered facet by itself. */
export function countAsks(run: Run, match: Expr | null): Ask[] {
  const filter = where(run, match);
  if (filter === null) return [];
  return [
    { filter, limit: 0, ...(run.request.facets ? { facets: ['facets'] } : {}) },
    ...filtered(run).map((f) => ({ filter: where(run, match, f) ?? '', limit: 0, facets: ['facets'] })),
    ...(run.request.facets && run.request.deadline ? DEADLINE_RANGES : []).map((range) => ({
      filter: all(where(run, match, 'deadline'), meiliDeadline(run.request.deadline, [range])),
      limit: 0,
    })),
  ];
}

/** Reads the answers to {@link countAsks}. */
export function countOf(run: Run, answers: readonly SearchAnswer[]): Count {
  const [whole, ...single] = answers;
  if (!run.request.facets) return { total: total(whole), facets: null };
  const facets = facetCounts(whole?.facetDistribution?.['facets']);
  const own = filtered(run);
  own.forEach((f, i) => (facets[f] = facetCounts(single[i]?.facetDistribution?.['facets'])[f]));
  if (!run.request.deadline) return { total: total(whole), facets };
  const deadlines = noDeadlines();
  DEADLINE_RANGES.forEach((range, i) => (deadlines[range] = total(single[own.length + i])));
  return { total: total(whole), facets, deadlines };
}

/**
 * The answer where nothing was found: what other filters would find is counted by the strictest level of the query
 * that finds something then.
 */
export async function nothingFound(run: Run, query: ParsedQuery): Promise<SearchResult> {
  const empty = nothing(run.request, query);
  if (!isFiltered(run.request)) return empty;
  const steps = planQuery(query).levels.map(
    ({ match }) =>
      () =>
        countAsks(run, match),
  );
  const counts = await askInTurn(run, steps, (answers) => {
    const count = countOf(run, answers);
    return isCounted(count) ? count : null;
  });
  return { ...empty, ...counts, total: 0 };
}

/** Whether the list is in the order of ranking. */
export const isRanked = (request: SearchRequest): boolean => (request.sort ?? 'relevance') === 'relevance';

/** The plain orders. */
export function order(request: SearchRequest): string[] {
  if (request.sort === 'name') return [request.lang === 'en' ? 'key_en:asc' : 'key_ko:asc', 'id:asc'];
  return request.sort === 'newest' ? ['updated:desc', 'id:asc'] : STANDING;
}

/** Hits that are only listed. */
export const asListed = (hits: readonly unknown[], rule: Hit['rule']): Hit[] =>
  read(listed, hits).map((hit) => ({
    ...{ id: hit.id, source: hit.source, externalId: hit.external_id, rule, score: 0, reasons: [] },
  }));

/** Asks for a stretch of a list. */
export const listing = (filter: string, sort: string[], offset: number, limit: number): Ask => ({
  ...{ filter, sort, offset, limit, attributesToRetrieve: LISTED_ATTRIBUTES },
});
