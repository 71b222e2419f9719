import { sql } from 'kysely';
import type { Context } from '#lib/server/platform/context.ts';

const MOST = 150;

/** What companies and projects were looked for most in the last 30 days, by more than one person. */
export async function frequentQueries(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ terms: string }>`
    select terms from search_term where several and day > (${ctx.now()}::timestamptz)::date - 30
    group by terms order by sum(asked) desc, terms limit ${MOST}`.execute(ctx.db);
  return rows.map(({ terms }) => terms);
}

/** Names of organisations by id. For officials. */
export async function organisationNames(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, { ko: string; en: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('organisation')
    .select(['id', 'name_ko', 'name_en'])
    .where('id', 'in', ids)
    .execute();
  return new Map(
    rows.map((row) => [row.id, { ko: row.name_ko || row.name_en, en: row.name_en || row.name_ko }]),
  );
}

/** Titles of opportunities by id. For officials. */
export async function opportunityTitles(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, { ko: string; en: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('opportunity')
    .select(['id', 'title_ko', 'title_en'])
    .where('id', 'in', ids)
    .execute();
  return new Map(
    rows.map((row) => [row.id, { ko: row.title_ko || row.title_en, en: row.title_en || row.title_ko }]),
  );
}
