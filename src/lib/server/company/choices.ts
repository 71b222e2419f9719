import type { MineralTag, Named } from '#lib/domain/opportunity/view.ts';
import { sortKo } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { keptReference } from '#lib/server/platform/reference-memo.ts';
import { KSIC_REVISION } from '#lib/server/company/commands.ts';

export interface MineralChoice extends MineralTag {
  /** One of Korea's ten strategic minerals: offered first. */
  strategic: boolean;
}
export interface CapabilityChoice extends Named {
  stage: string;
}
export interface CertificateChoice {
  id: string;
  name: string;
  issuer: string;
  category: string;
}

/** The reference data that a profile names and its forms choose from, by id, in the order of display. */
export interface Reference {
  minerals: ReadonlyMap<string, MineralChoice>;
  countries: ReadonlyMap<string, Named>;
  /** country → part of the world */
  regions: ReadonlyMap<string, string>;
  stages: ReadonlyMap<string, Named>;
  capabilities: ReadonlyMap<string, CapabilityChoice>;
  certificates: ReadonlyMap<string, CertificateChoice>;
}

export async function reference(ctx: Context): Promise<Reference> {
  return keptBook(ctx.db, ctx.lang);
}

const keptBook = keptReference(async (db, lang: Lang): Promise<Reference> => {
  const [minerals, countries, stages, capabilities, certificates] = await Promise.all([
    db
      .selectFrom('mineral')
      .select(['id', 'name_ko as ko', 'name_en as en', 'symbol', 'korea_strategic10 as strategic'])
      .execute(),
    db.selectFrom('country').select(['iso2 as id', 'name_ko as ko', 'name_en as en', 'region']).execute(),
    db
      .selectFrom('capability_stage')
      .select(['id', 'name_ko as ko', 'name_en as en'])
      .orderBy('position')
      .execute(),
    db
      .selectFrom('capability')
      .innerJoin('capability_stage', 'capability_stage.id', 'capability.stage')
      .select(['capability.id', 'stage', 'capability.name_ko as ko', 'capability.name_en as en'])
      .orderBy('capability_stage.position')
      .orderBy('capability.position')
      .execute(),
    db.selectFrom('certification').select(['id', 'name', 'issuer', 'category']).orderBy('name').execute(),
  ]);
  const inOrder = <T extends Named>(rows: T[]) =>
    lang === 'ko' ? sortKo(rows, (row) => row.ko) : rows.toSorted((a, b) => a.en.localeCompare(b.en, 'en'));
  return {
    minerals: byId(inOrder(minerals)),
    countries: byId(inOrder(countries.map(({ id, ko, en }) => ({ id, ko, en })))),
    regions: new Map(countries.map(({ id, region }) => [id, region])),
    stages: byId(stages),
    capabilities: byId(capabilities),
    certificates: byId(certificates),
  };
});

/** Tags of minerals in the order given; an id that is not known stands for itself. */
export function tagsOf(book: Pick<Reference, 'minerals'>, ids: readonly string[]): MineralTag[] {
  return ids.map((id) => {
    const known = book.minerals.get(id);
    return known
      ? { id, ko: known.ko, en: known.en, symbol: known.symbol }
      : { id, ko: id, en: id, symbol: '' };
  });
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Codes of the industry classification with their names; codes that are not known are left out. */
export async function ksicNames(ctx: Context, codes: readonly string[]): Promise<Named[]> {
  if (codes.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('ksic')
    .select(['code', 'name_ko', 'name_en'])
    .where('revision', '=', KSIC_REVISION)
    .where('code', 'in', codes)
    .orderBy('code')
    .execute();
  return rows.map((row) => ({ id: row.code, ko: row.name_ko, en: row.name_en ?? row.name_ko }));
}

/** Most codes that one search offers. */
const KSIC_FOUND = 12;

/** Codes that begin with a number, or whose name has all the words; finer ones first. */
export async function findKsic(ctx: Context, query: string): Promise<Named[]> {
  const words = query.normalize('NFC').trim().split(/\s+/).filter(Boolean).slice(0, 5);
  if (words.length === 0) return [];
  let search = ctx.db
    .selectFrom('ksic')
    .select(['code', 'name_ko', 'name_en'])
    .where('revision', '=', KSIC_REVISION)
    .where('level', '>=', 2);
  for (const word of words) {
    const inside = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    search = search.where((eb) =>
      eb.or([
        ...(/^\d+$/.test(word) ? [eb('code', 'like', `${word}%`)] : []),
        eb('name_ko', 'like', inside),
        eb('name_en', 'ilike', inside),
      ]),
    );
  }
  const rows = await search.orderBy('level', 'desc').orderBy('code').limit(KSIC_FOUND).execute();
  return rows.map((row) => ({ id: row.code, ko: row.name_ko, en: row.name_en ?? row.name_ko }));
}
