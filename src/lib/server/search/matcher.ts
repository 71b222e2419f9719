import type { Facet } from '#lib/domain/search/document.ts';
import type { Expr } from '#lib/domain/search/plan.ts';
import type { Rankable } from '#lib/domain/search/rank.ts';
import type { FacetCounts } from '#lib/server/search/port.ts';
import type { Asked } from '#lib/server/search/segment.ts';

/**
 * Finds and counts the documents of one search, under its filters and for its audience. An expression that is null
 * stands for all documents.
 */
export interface Matcher {
  total(match: Expr | null): Promise<number>;
  /** Facet counts, one facet's own filter left out if named. */
  facets(match: Expr | null, without: Facet | null): Promise<FacetCounts>;
  /** Documents that may be among the first, with at least those of their tokens that are asked for. */
  candidates(wanted: Wanted): Promise<Rankable[]>;
  /** Ids of a stretch of the documents in the order of lists, some left out. */
  listed(
    match: Expr | null,
    without: ReadonlySet<string>,
    offset: number,
    limit: number,
  ): Promise<readonly string[]>;
}

/** Documents of the first expression first, each expression's in the order of lists. */
export interface Wanted {
  readonly matches: readonly Expr[];
  /** To be left out. */
  readonly known: ReadonlySet<string>;
  readonly most: number;
  /** Documents of the last expression; 0 when that is not known. */
  readonly total: number;
  readonly asked: Asked;
}
