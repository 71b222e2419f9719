import type { Expr } from '#lib/domain/search/plan.ts';
import type { Rankable } from '#lib/domain/search/rank.ts';
import { filtersOf, type Found, type HeldView } from '#lib/server/search/held-view.ts';
import type { Matcher, Wanted } from '#lib/server/search/matcher.ts';
import type { SearchRequest } from '#lib/server/search/port.ts';

/** Finds and counts in what the process holds of the index. */
export class HeldFinder implements Omit<Matcher, 'facets'> {
  protected readonly request: SearchRequest;
  protected readonly view: HeldView;
  private readonly known = new Map<Expr | null, Found>();

  constructor(request: SearchRequest, view: HeldView) {
    this.request = request;
    this.view = view;
  }

  protected find(match: Expr | null): Found {
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
