import type { Kysely } from 'kysely';
import type { Facet } from '#lib/domain/search/document.ts';
import type { Expr } from '#lib/domain/search/plan.ts';
import type { Rankable } from '#lib/domain/search/rank.ts';
import type { FacetCodes } from '#lib/server/search/facet-codes.ts';
import { filtersOf, type Found, type HeldView } from '#lib/server/search/held-view.ts';
import type { Matcher, Wanted } from '#lib/server/search/matcher.ts';
import type { FacetCounts, SearchRequest } from '#lib/server/search/port.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Answers from what the process holds of the index. */
export class HeldMatcher implements Matcher {
  private readonly db: Kysely<Database>;
  private readonly request: SearchRequest;
  private readonly view: HeldView;
  private readonly codes: FacetCodes;
  private readonly known = new Map<Expr | null, Found>();

  constructor(db: Kysely<Database>, request: SearchRequest, view: HeldView, codes: FacetCodes) {
    this.db = db;
    this.request = request;
    this.view = view;
    this.codes = codes;
  }

  private find(match: Expr | null): Found {
    let found = this.known.get(match);
    if (!found) {
      const { audience, filters } = this.request;
      this.known.set(match, (found = this.view.find(match, filtersOf(filters, null), audience)));
    }
    return found;
  }

  total(match: Expr | null): Promise<number> {
    return Promise.resolve(this.view.total(this.find(match)));
  }

  async facets(match: Expr | null, without: Facet | null): Promise<FacetCounts> {
    const { audience, filters } = this.request;
    const found =
      without === null ? this.find(match) : this.view.find(match, filtersOf(filters, without), audience);
    return await this.codes.named(this.db, this.view.facets(found));
  }

  candidates({ matches, known, most, asked }: Wanted): Promise<Rankable[]> {
    const ids: string[] = [];
    const without = new Set(known);
    for (const match of matches) {
      if (ids.length >= most) break;
      for (const id of this.view.ids(this.find(match), without, 0, most - ids.length)) {
        ids.push(id);
        without.add(id);
      }
    }
    return Promise.resolve(this.view.rankable(ids, asked));
  }

  listed(
    match: Expr | null,
    without: ReadonlySet<string>,
    offset: number,
    limit: number,
  ): Promise<readonly string[]> {
    return Promise.resolve(this.view.ids(this.find(match), without, offset, limit));
  }
}
