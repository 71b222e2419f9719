import { frameworksWithMembers } from '#lib/server/framework/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { keptReference } from '#lib/server/platform/reference-memo.ts';
import type { Named } from '#lib/domain/opportunity/view.ts';
import type { NameBook } from '#lib/server/opportunity/present.ts';

/** The names of all minerals, countries, capabilities and certifications: about four hundred short rows. */
export async function nameBook(ctx: Context): Promise<NameBook> {
  return keptBook(ctx.db, 'names');
}

const keptBook = keptReference(async (db): Promise<NameBook> => {
  const [minerals, countries, capabilities, certifications] = await Promise.all([
    db.selectFrom('mineral').select(['id', 'name_ko as ko', 'name_en as en', 'symbol']).execute(),
    db.selectFrom('country').select(['iso2 as id', 'name_ko as ko', 'name_en as en']).execute(),
    db.selectFrom('capability').select(['id', 'name_ko as ko', 'name_en as en']).execute(),
    db.selectFrom('certification').select(['id', 'name']).execute(),
  ]);
  return {
    minerals: new Map(minerals.map((row) => [row.id, row])),
    countries: new Map(countries.map((row) => [row.id, row])),
    capabilities: new Map(capabilities.map((row) => [row.id, row])),
    certifications: new Map(certifications.map((row) => [row.id, row.name])),
  };
});

/** Countries with their regions, for forms. */
export async function placeChoices(ctx: Context) {
  return await ctx.db
    .selectFrom('country')
    .select(['iso2 as id', 'name_ko as ko', 'name_en as en', 'region'])
    .orderBy('name_ko')
    .execute();
}

/** Minerals, Korea's critical ones first, and countries, both in the order of their Korean names: for filters. */
export async function filterChoices(ctx: Context): Promise<{ minerals: Named[]; countries: Named[] }> {
  return keptChoices(ctx.db, 'filters');
}

const keptChoices = keptReference(async (db) => {
  const [minerals, countries] = await Promise.all([
    db
      .selectFrom('mineral')
      .select(['id', 'name_ko as ko', 'name_en as en'])
      .orderBy('korea_critical', 'desc')
      .orderBy('name_ko')
      .execute(),
    db
      .selectFrom('country')
      .select(['iso2 as id', 'name_ko as ko', 'name_en as en'])
      .orderBy('name_ko')
      .execute(),
  ]);
  return { minerals, countries };
});

/** What the forms of a draft choose from. */
export async function draftChoices(ctx: Context) {
  const [minerals, countries, projects, stages, capabilities, certifications, finance, frameworks] =
    await Promise.all([
      ctx.db
        .selectFrom('mineral')
        .select(['id', 'name_ko as ko', 'name_en as en', 'symbol', 'korea_critical as critical'])
        .orderBy('korea_critical', 'desc')
        .orderBy('name_ko')
        .execute(),
      placeChoices(ctx),
      ctx.db
        .selectFrom('project')
        .innerJoin('country', 'country.iso2', 'project.country')
        .select([
          'project.id',
          'project.name_ko as ko',
          'project.name_en as en',
          'project.country',
          'country.name_ko as country_ko',
          'country.name_en as country_en',
        ])
        .orderBy('project.name_en')
        .execute(),
      ctx.db
        .selectFrom('capability_stage')
        .select(['id', 'name_ko as ko', 'name_en as en'])
        .orderBy('position')
        .execute(),
      ctx.db
        .selectFrom('capability')
        .select(['id', 'stage', 'name_ko as ko', 'name_en as en'])
        .orderBy('position')
        .execute(),
      ctx.db
        .selectFrom('certification')
        .select(['id', 'name', 'category'])
        .orderBy('category')
        .orderBy('name')
        .execute(),
      ctx.db
        .selectFrom('framework')
        .select(['id', 'name_ko as ko', 'name_en as en'])
        .where('kind', 'in', ['finance', 'oda'])
        .orderBy('name_ko')
        .execute(),
      frameworksWithMembers(ctx, koreanDay(ctx.now())),
    ]);
  return {
    minerals,
    countries,
    projects,
    stages,
    capabilities,
    certifications,
    finance,
    frameworks,
  };
}

/** Names of the values that lists of opportunities are filtered by. */
export async function facetNames(ctx: Context) {
  const { db } = ctx;
  const [minerals, countries, stages, capabilities, certificates] = await Promise.all([
    db.selectFrom('mineral').select(['id', 'name_ko as ko', 'name_en as en']).execute(),
    db.selectFrom('country').select(['iso2 as id', 'name_ko as ko', 'name_en as en']).execute(),
    db
      .selectFrom('capability_stage')
      .select(['id', 'name_ko as ko', 'name_en as en'])
      .orderBy('position')
      .execute(),
    db.selectFrom('capability').select(['id', 'stage', 'name_ko as ko', 'name_en as en']).execute(),
    db.selectFrom('certification').select(['id', 'name']).execute(),
  ]);
  return {
    minerals: byId(minerals),
    countries: byId(countries),
    stages: byId(stages),
    capabilities: byId(capabilities),
    certificates: byId(certificates),
  };
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
