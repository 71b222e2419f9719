import type { OutputRow } from '#lib/domain/insight/production.ts';
import type { PriceSeries } from '#lib/domain/insight/view.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** Production and reserves of minerals, countries and world, every year and edition; by mineral id. */
export async function outputRows(
  ctx: Context,
  minerals: readonly string[],
): Promise<Map<string, OutputRow[]>> {
  if (minerals.length === 0) return new Map();
  const [countries, world] = await Promise.all([
    ctx.db
      .selectFrom('production')
      .innerJoin('country', 'country.iso3', 'production.iso3')
      .where('mineral_id', 'in', [...minerals])
      .select([
        'mineral_id',
        'year',
        'stage',
        'edition',
        'production.production',
        'production_unit',
        'reserves',
        'reserves_unit',
        'estimated',
        'production.source',
        'production.confidence',
        'production.as_of',
        'country.iso2 as place',
      ])
      .execute(),
    ctx.db
      .selectFrom('production_world')
      .where('mineral_id', 'in', [...minerals])
      .select([
        'mineral_id',
        'year',
        'stage',
        'edition',
        'production',
        'production_unit',
        'reserves',
        'reserves_unit',
        'estimated',
        'source',
        'confidence',
        'as_of',
        'aggregate as place',
      ])
      .execute(),
  ]);
  const rows = new Map<string, OutputRow[]>();
  for (const row of [...countries, ...world]) {
    const list = rows.get(row.mineral_id) ?? [];
    list.push({
      place: row.place,
      year: row.year,
      stage: row.stage,
      edition: row.edition,
      production: row.production,
      unit: row.production_unit,
      reserves: row.reserves,
      reservesUnit: row.reserves_unit,
      estimated: row.estimated,
      source: row.source,
      confidence: row.confidence,
      asOf: row.as_of,
    });
    rows.set(row.mineral_id, list);
  }
  return rows;
}

/** The quotations of a mineral in their order, each over all years any of them has; gaps are null. */
export async function pricesOf(ctx: Context, mineral: string): Promise<PriceSeries[]> {
  const rows = await ctx.db
    .selectFrom('price')
    .innerJoin('price_series as s', (join) =>
      join.onRef('s.mineral_id', '=', 'price.mineral_id').onRef('s.series', '=', 'price.series'),
    )
    .where('price.mineral_id', '=', mineral)
    .select([
      'price.series',
      's.label_ko',
      's.label_en',
      'price.unit',
      'price.year',
      'price.price',
      'price.estimated',
      'price.source',
      'price.confidence',
      'price.as_of',
    ])
    .orderBy('s.position')
    .orderBy('price.year')
    .execute();
  const years = rows.map((row) => row.year);
  const first = Math.min(...years);
  const span = years.length === 0 ? 0 : Math.max(...years) - first + 1;
  return [...new Set(rows.map((row) => row.series))].flatMap((series) => {
    const own = rows.filter((row) => row.series === series);
    const last = own.at(-1);
    if (!last) return [];
    return {
      series,
      label: { ko: last.label_ko, en: last.label_en },
      unit: last.unit,
      points: Array.from({ length: span }, (_, i) => {
        const row = own.find((one) => one.year === first + i);
        return { year: first + i, price: row?.price ?? null, estimated: row?.estimated ?? false };
      }),
      sourced: {
        source: last.source,
        confidence: own.some((row) => row.confidence === 'recalled') ? 'recalled' : 'verified',
        asOf: last.as_of,
      } as const,
    };
  });
}
