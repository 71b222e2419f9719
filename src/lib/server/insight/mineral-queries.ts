import { groupOf, membersOf, strategicRank } from '#lib/domain/insight/groups.ts';
import { productionStages, reservesOf } from '#lib/domain/insight/production.ts';
import type { MineralCard, MineralDetail } from '#lib/domain/insight/view.ts';
import type { MineralTag, Named } from '#lib/domain/opportunity/view.ts';
import { openCountsByMineral } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { projectCountsByMineral } from '#lib/server/project/queries.ts';
import { outputRows, pricesOf } from './statistics-queries.ts';

/**
 * All minerals, or those that a name, alias, symbol or HS code in `text` fits: the strategic ten, the rest of the
 * 33, then the others; groups before their members.
 */
export async function mineralCards(ctx: Context, text = ''): Promise<MineralCard[]> {
  const [rows, projects, opportunities] = await Promise.all([
    ctx.db
      .selectFrom('mineral')
      .selectAll()
      .orderBy('korea_strategic10', 'desc')
      .orderBy('korea_critical', 'desc')
      .orderBy('is_group', 'desc')
      .orderBy('name_ko')
      .execute(),
    projectCountsByMineral(ctx),
    openCountsByMineral(ctx),
  ]);
  const tags = new Map(rows.map((row) => [row.id, tagOf(row)]));
  const ordered = rows.toSorted((a, b) => strategicRank(a.id) - strategicRank(b.id));
  return ordered
    .filter((row) => answersTo(row, text))
    .map((row) => {
      const group = groupOf(row.id);
      const own = projects.get(row.id) ?? 0;
      return {
        ...tagOf(row),
        korea: row.korea_critical,
        strategic: row.korea_strategic10,
        euCritical: row.eu_critical,
        euStrategic: row.eu_strategic,
        us2022: row.us_2022,
        us2025: row.us_2025,
        isGroup: row.is_group,
        group: group === null ? null : (tags.get(group) ?? null),
        uses: { ko: row.main_uses_ko || row.main_uses, en: row.main_uses },
        projects: own,
        groupProjects: own === 0 && group !== null ? (projects.get(group) ?? 0) : 0,
        opportunities: opportunities.get(row.id) ?? 0,
      };
    });
}

interface Nameable {
  name_ko: string;
  name_en: string;
  symbol: string;
  aliases_ko: string[];
  aliases_en: string[];
  hs_codes: string[];
}

function answersTo(row: Nameable, text: string): boolean {
  const wanted = text.normalize('NFC').replaceAll(' ', '').toLowerCase();
  if (wanted === '') return true;
  const names = [row.name_ko, row.name_en, ...row.aliases_ko, ...row.aliases_en];
  return (
    row.symbol.toLowerCase() === wanted ||
    names.some((name) => name.replaceAll(' ', '').toLowerCase().includes(wanted)) ||
    row.hs_codes.some((code) => code.startsWith(wanted.replaceAll('.', '')))
  );
}

function tagOf(row: { id: string; name_ko: string; name_en: string; symbol: string }): MineralTag {
  return { id: row.id, ko: row.name_ko, en: row.name_en, symbol: row.symbol };
}

/** Everything the page of a mineral says, or null when there is none. */
export async function mineralDetail(ctx: Context, id: string): Promise<MineralDetail | null> {
  const cards = await mineralCards(ctx);
  const card = cards.find((one) => one.id === id);
  if (!card) return null;
  const { group } = card;
  const [row, prices, rows] = await Promise.all([
    ctx.db.selectFrom('mineral').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    pricesOf(ctx, id),
    outputRows(ctx, group ? [id, group.id] : [id]),
  ]);
  const own = rows.get(id) ?? [];
  const statisticsOf = own.length === 0 && group ? group : tagOf(row);
  const statistics = own.length === 0 && group ? (rows.get(group.id) ?? []) : own;
  const members = membersOf(id);
  return {
    ...card,
    aliases: { ko: row.aliases_ko, en: row.aliases_en },
    hsCodes: row.hs_codes,
    koreaNote: { ko: row.korea_note_ko || row.korea_note, en: row.korea_note },
    members: cards.filter((one) => members.includes(one.id)),
    sourced: { source: row.source, confidence: row.confidence, asOf: row.as_of },
    recalledFields: row.recalled_fields,
    prices,
    statisticsOf,
    production: productionStages(statistics),
    reserves: reservesOf(statistics),
    countries: await countryNames(
      ctx,
      statistics.map((one) => one.place),
    ),
  };
}

async function countryNames(ctx: Context, iso2: readonly string[]): Promise<Record<string, Named>> {
  if (iso2.length === 0) return {};
  const rows = await ctx.db
    .selectFrom('country')
    .select(['iso2', 'name_ko', 'name_en'])
    .where('iso2', 'in', [...new Set(iso2)])
    .execute();
  return Object.fromEntries(
    rows.map((row) => [row.iso2, { id: row.iso2, ko: row.name_ko, en: row.name_en }]),
  );
}

export interface ReferenceTotals {
  /** entries of Korea's list, groups left out */
  korea: number;
  minerals: number;
  capabilities: number;
}

export async function referenceTotals(ctx: Context): Promise<ReferenceTotals> {
  const [minerals, capabilities] = await Promise.all([
    ctx.db
      .selectFrom('mineral')
      .select((eb) => [
        eb.fn.countAll<number>().as('minerals'),
        eb.fn
          .countAll<number>()
          .filterWhere((e) => e.and([e('korea_critical', '=', true), e('is_group', '=', false)]))
          .as('korea'),
      ])
      .executeTakeFirstOrThrow(),
    ctx.db
      .selectFrom('capability')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  ]);
  return { ...minerals, capabilities: capabilities.n };
}
