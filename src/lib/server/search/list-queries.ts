import { deadlineFilter } from '#lib/domain/search/deadline.ts';
import type { FacetValues, IndexKind } from '#lib/domain/search/document.ts';
import type { Range } from '#lib/domain/search/highlight.ts';
import { quotedText } from '#lib/domain/search/query.ts';
import type { ExplainedHit } from '#lib/domain/search/rank.ts';
import { widerThan, type Asked, type Wider } from '#lib/domain/search/widen.ts';
import type { Context } from '#lib/server/platform/context.ts';
import {
  searchCompanies,
  searchOpportunities,
  searchProjects,
  suggest,
  type SearchPage,
  type SearchPageRequest,
} from '#lib/server/search/queries.ts';

/** What the pages of the three lists have in common: what is asked, how it is widened, what is marked. */

export const SEARCH = {
  company: searchCompanies,
  opportunity: searchOpportunities,
  project: searchProjects,
} as const satisfies Record<IndexKind, (ctx: Context, request: SearchPageRequest) => Promise<SearchPage>>;

/** Below this many results the nearest wider searches are offered. */
const FEW = 4;

/** A search as its filters stand in the address. */
export function requestOf(ctx: Context, asked: Asked): SearchPageRequest {
  const { deadline, ...filters } = asked.filters;
  return {
    q: asked.q,
    filters: filters as FacetValues,
    ...(deadline === undefined ? {} : { deadline: deadlineFilter(ctx.now(), deadline) }),
  };
}

/** The filters of an address that a list has, those with a value. */
export function filtersOf<F extends string>(
  params: URLSearchParams,
  names: readonly F[],
): Partial<Record<F, string[]>> {
  const filters: Partial<Record<F, string[]>> = {};
  for (const name of names) {
    const values = [...new Set(params.getAll(name))].filter((value) => value !== '' && value.length < 100);
    if (values.length > 0) filters[name] = values.slice(0, 50);
  }
  return filters;
}

/** The nearest wider searches of a short list, with how many each finds. */
export async function widerSearches(
  ctx: Context,
  kind: IndexKind,
  asked: Asked,
  total: number,
): Promise<Wider[]> {
  if (total >= FEW) return [];
  return await widerThan(asked, total, async (one) => {
    const found = await SEARCH[kind](ctx, { ...requestOf(ctx, one), limit: 1, facets: false });
    return found.total;
  });
}

/**
 * What may have been meant by words that find nothing: terms and names that begin so, or nearly so. Words that find
 * something in a wider search were meant as they are.
 */
export async function didYouMean(ctx: Context, q: string, wider: readonly Wider[] = []): Promise<string[]> {
  if (wider.some((one) => one.q === q)) return [];
  const words = (quotedText(q) ?? q).split(/\s+/u).filter((word) => word !== '');
  const asked = words.length > 1 && words.length < 4 ? [words.join(' '), ...words] : [words.join(' ')];
  const offered = await Promise.all(asked.map((one) => suggest(ctx, one, { limit: 3 })));
  const texts = offered.flat().map(({ text }) => text);
  return [...new Set(texts)].filter((text) => text !== q).slice(0, 3);
}

/** The stretches to mark in the names of cards; names in which nothing is marked are left out. */
export type Marks = Record<string, { ko: Range[]; en: Range[] }>;

export function marksOf(
  found: Pick<SearchPage, 'marks'>,
  cards: readonly { id: string; name: { ko: string; en: string } }[],
): Marks {
  return Object.fromEntries(
    cards.flatMap(({ id, name }) => {
      const [ko, en] = [found.marks(name.ko), found.marks(name.en)];
      return ko.length + en.length > 0 ? [[id, { ko, en }]] : [];
    }),
  );
}

/** Which field and rule made each hit of a search by words; empty for all but officials. */
export function explainedHits(
  ctx: Context,
  { hits }: Pick<SearchPage, 'hits'>,
  cards: readonly { id: string; name: { ko: string; en: string } }[],
): ExplainedHit[] {
  if (ctx.actor.kind !== 'official') return [];
  const byId = new Map(hits.map((hit) => [hit.id, hit]));
  return cards.flatMap(({ id, name }) => {
    const hit = byId.get(id);
    if (!hit || hit.reasons.length === 0) return [];
    return [
      { id, name: { ko: name.ko, en: name.en }, rule: hit.rule, score: hit.score, reasons: hit.reasons },
    ];
  });
}

/** List or map of the same result. */
export function viewOf(params: URLSearchParams): 'list' | 'map' {
  return params.get('view') === 'map' ? 'map' : 'list';
}
