import { sql } from 'kysely';
import { accountOf } from '#lib/domain/account/actor.ts';
import { isOfficial } from '#lib/domain/account/policy.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { SEARCHES_KEPT_DAYS, type SavedFilters } from '#lib/domain/search/saved.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

const DAY_MS = 86_400_000;

export interface RecentSearch {
  id: string;
  kind: IndexKind;
  q: string;
  filters: SavedFilters;
  at: Date;
}

/** The person's recent searches, the latest first, and whether they are kept. */
export async function recentSearches(ctx: Context): Promise<{ kept: boolean; searches: RecentSearch[] }> {
  const accountId = accountOf(ctx.actor);
  if (accountId === null) return { kept: false, searches: [] };
  const setting = await ctx.db
    .selectFrom('search_setting')
    .select('keep_recent')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const rows = await ctx.db
    .selectFrom('recent_search')
    .select(['id', 'kind', 'q', 'filters', 'searched_at as at'])
    .where('account_id', '=', accountId)
    .where('searched_at', '>=', new Date(ctx.now().getTime() - SEARCHES_KEPT_DAYS * DAY_MS))
    .orderBy('searched_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return { kept: setting?.keep_recent ?? true, searches: rows };
}

export interface AskedFor {
  kind: IndexKind;
  terms: string;
  asked: number;
  empty: number;
}

const MOST_TERMS = 50;

/**
 * What was looked for most in the last days, for officials; with `empty` what found nothing. Only what more than one
 * person asked for is named.
 */
export async function topSearches(ctx: Context, days: number, empty: boolean): Promise<AskedFor[]> {
  if (!isOfficial(ctx.actor)) return [];
  const first = koreanDay(new Date(ctx.now().getTime() - (days - 1) * DAY_MS));
  const order = empty ? sql`sum(empty)` : sql`sum(asked)`;
  const { rows } = await sql<AskedFor>`
    select kind, terms, sum(asked)::int as asked, sum(empty)::int as empty from search_term
    where day >= ${first}::date
    group by kind, terms
    having (bool_or(several) or count(distinct mark) > 1) and ${order} > 0
    order by ${order} desc, terms, kind limit ${MOST_TERMS}`.execute(ctx.db);
  return rows;
}
