import type { Kysely } from 'kysely';
import type { Facet } from '#lib/domain/search/document.ts';
import type { Expr } from '#lib/domain/search/plan.ts';
import type { FacetCodes } from '#lib/server/search/facet-codes.ts';
import { HeldFinder } from '#lib/server/search/held-finder.ts';
import { filtersOf, type HeldView } from '#lib/server/search/held-view.ts';
import type { Matcher } from '#lib/server/search/matcher.ts';
import type { FacetCounts, SearchRequest } from '#lib/server/search/port.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Answers from what the process holds of the index. */
export class HeldMatcher extends HeldFinder implements Matcher {
  private readonly db: Kysely<Database>;
  private readonly codes: FacetCodes;

  constructor(db: Kysely<Database>, request: SearchRequest, view: HeldView, codes: FacetCodes) {
    super(request, view);
    this.db = db;
    this.codes = codes;
  }

  async facets(match: Expr | null, without: Facet | null): Promise<FacetCounts> {
    const { audience, filters } = this.request;
    const found =
      without === null ? this.find(match) : this.view.find(match, filtersOf(filters, without), audience);
    return await this.codes.named(this.db, this.view.facets(found));
  }
}
