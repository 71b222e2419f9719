import { productionStages } from '#lib/domain/insight/production.ts';
import type { CountryCard, CountryDetail, CountryProduction } from '#lib/domain/insight/view.ts';
import type { MineralTag } from '#lib/domain/opportunity/view.ts';
import { membershipsOf } from '#lib/server/framework/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { projectCountsByCountry } from '#lib/server/project/queries.ts';
import { outputRows } from './statistics-queries.ts';

/** All countries, by Korean name. */
export async function countryCards(ctx: Context): Promise<CountryCard[]> {
  const [rows, projects, minerals] = await Promise.all([
    ctx.db.selectFrom('country').selectAll().orderBy('name_ko').execute(),
    projectCountsByCountry(ctx),
    ctx.db
      .selectFrom('production')
      .select((eb) => ['iso3', eb.fn.count<number>('mineral_id').distinct().as('n')])
      .groupBy('iso3')
      .execute(),
  ]);
  const produced = new Map(minerals.map((row) => [row.iso3, row.n]));
  return rows.map((row) => ({
    id: row.iso2,
    ko: row.name_ko,
    en: row.name_en,
    iso3: row.iso3,
    region: row.region,
    subregion: row.subregion,
    projects: projects.get(row.iso2) ?? 0,
    mspMember: row.msp_member,
    mspForum: row.msp_forum,
    minerals: produced.get(row.iso3) ?? 0,
  }));
}

/** Everything the page of a country says; memberships of a day when one is given. Null when there is none. */
export async function countryDetail(
  ctx: Context,
  iso2: string,
  day: string | null,
): Promise<CountryDetail | null> {
  const row = await ctx.db.selectFrom('country').selectAll().where('iso2', '=', iso2).executeTakeFirst();
  if (!row) return null;
  const [projects, production, memberships] = await Promise.all([
    projectCountsByCountry(ctx),
    productionOf(ctx, row.iso2, row.iso3),
    membershipsOf(ctx, iso2, day),
  ]);
  return {
    id: row.iso2,
    ko: row.name_ko,
    en: row.name_en,
    iso3: row.iso3,
    region: row.region,
    subregion: row.subregion,
    projects: projects.get(row.iso2) ?? 0,
    mspMember: row.msp_member,
    mspForum: row.msp_forum,
    minerals: new Set(production.map((one) => one.mineral.id)).size,
    lat: row.lat,
    lon: row.lon,
    eiti: row.eiti_status.split('|').filter(Boolean),
    eitiAsOf: row.eiti_as_of,
    notes: { ko: row.notes_ko || row.notes, en: row.notes },
    sourced: { source: row.source, confidence: row.confidence, asOf: row.as_of },
    production,
    memberships,
  };
}

/** The country's part in the newest complete table of each mineral and stage, largest share first. */
async function productionOf(ctx: Context, iso2: string, iso3: string): Promise<CountryProduction[]> {
  const minerals = await ctx.db
    .selectFrom('production')
    .innerJoin('mineral', 'mineral.id', 'production.mineral_id')
    .where('iso3', '=', iso3)
    .select(['mineral.id', 'mineral.name_ko', 'mineral.name_en', 'mineral.symbol'])
    .distinct()
    .execute();
  const rows = await outputRows(
    ctx,
    minerals.map((one) => one.id),
  );
  return minerals
    .flatMap((mineral) => {
      const tag = { id: mineral.id, ko: mineral.name_ko, en: mineral.name_en, symbol: mineral.symbol };
      return productionStages(rows.get(mineral.id) ?? []).flatMap((stage) => lineOf(iso2, tag, stage));
    })
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
}

function lineOf(
  iso2: string,
  mineral: MineralTag,
  { stage, years }: ReturnType<typeof productionStages>[number],
): CountryProduction[] {
  const newest = years[0];
  const at = newest?.countries.findIndex((one) => one.place === iso2) ?? -1;
  const own = newest?.countries[at];
  if (!newest || !own || own.production === 0) return [];
  return [
    {
      mineral,
      stage,
      year: newest.year,
      estimated: newest.estimated,
      production: own.production,
      unit: newest.unit,
      share: own.share,
      rank: at + 1,
      sourced: newest.sourced,
    },
  ];
}
