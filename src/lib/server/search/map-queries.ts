import { shelfNamed, shelfOf } from '#lib/domain/search/groups.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** A country on the map of a result, with how many results lie there. */
export interface MapCountry {
  id: string;
  ko: string;
  en: string;
  lat: number;
  lon: number;
  count: number;
}

/**
 * The countries of a result, most results first. The counts are those of the facet, so they stand under the same
 * filters and permissions as the list.
 * @param chosen the values the facet is filtered by: it is counted without them, so others do not belong to the result
 */
export async function mapCountries(
  ctx: Context,
  counts: Readonly<Record<string, number>>,
  chosen: readonly string[] = [],
): Promise<MapCountry[]> {
  const inResult = Object.entries(resultCounts('country', counts, chosen));
  if (inResult.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('country')
    .select(['iso2 as id', 'name_ko as ko', 'name_en as en', 'lat', 'lon'])
    .where(
      'iso2',
      'in',
      inResult.map(([id]) => id),
    )
    .execute();
  const byId = new Map(inResult);
  return rows
    .map((row) => ({ ...row, count: byId.get(row.id) ?? 0 }))
    .sort((a, b) => b.count - a.count || a.id.localeCompare(b.id));
}

/** Of the counts of a facet, those of single values that the result holds. */
export function resultCounts(
  facet: 'mineral' | 'country' | 'province',
  counts: Readonly<Record<string, number>>,
  chosen: readonly string[],
): Record<string, number> {
  const within = (value: string): boolean => {
    if (chosen.length === 0 || chosen.includes(value)) return true;
    const shelf = facet === 'province' ? null : shelfOf(facet, value);
    return shelf !== null && chosen.some((one) => shelfNamed(one) === shelf);
  };
  return Object.fromEntries(
    Object.entries(counts).filter(([value, n]) => n > 0 && shelfNamed(value) === null && within(value)),
  );
}
