import { reference } from '#lib/server/company/choices.ts';
import type { SavedFilters } from '#lib/domain/search/saved.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The names of what some searches are filtered by, and of nothing else. */
export async function namesInSearches(ctx: Context, searches: readonly { filters: SavedFilters }[]) {
  const used = new Set(searches.flatMap(({ filters }) => Object.values(filters).flat()));
  const book = await reference(ctx);
  const named = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([id]) => used.has(id)));
  return {
    minerals: named(book.minerals),
    stages: named(book.stages),
    capabilities: named(book.capabilities),
    countries: named(book.countries),
    certificates: named(book.certificates),
  };
}
