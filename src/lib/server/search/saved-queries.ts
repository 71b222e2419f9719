import { sql } from 'kysely';
import { accountOf, organisationOf } from '#lib/domain/account/actor.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { UNDO_DAYS, type Frequency, type SavedFilters } from '#lib/domain/search/saved.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** A person's saved searches. */
export interface SavedLine {
  id: string;
  kind: IndexKind;
  q: string;
  filters: SavedFilters;
  name: string;
  frequency: Frequency;
  createdAt: Date;
  paused: boolean;
  /** Matches found since the person last opened the list. */
  fresh: number;
  /** The organisation it is answered for; null for the person alone or the office. */
  organisationId: string | null;
  official: boolean;
}

const LINE = sql`s.id, s.kind, s.q, s.filters, s.name, s.frequency, s.created_at as "createdAt",
  s.paused_at is not null as paused, s.organisation_id as "organisationId", s.official,
  (select count(*)::int from saved_search_hit h where h.saved_search_id = s.id and not h.known
    and h.found_at > s.seen_at) as fresh`;

/** All of the person's saved searches, as whomever they were saved; the latest first. */
export async function savedSearches(ctx: Context): Promise<SavedLine[]> {
  const accountId = accountOf(ctx.actor);
  if (accountId === null) return [];
  const { rows } = await sql<SavedLine>`select ${LINE} from saved_search s
    where s.account_id = ${accountId} and s.removed_at is null order by s.created_at desc, s.id`.execute(
    ctx.db,
  );
  return rows;
}

/** Those that the person saved for the organisation they act for; the ones with something new first. */
export async function savedForOrganisation(ctx: Context, most: number): Promise<SavedLine[]> {
  const organisationId = organisationOf(ctx.actor);
  const accountId = accountOf(ctx.actor);
  if (organisationId === null || accountId === null) return [];
  const { rows } = await sql<SavedLine>`select * from (select ${LINE} from saved_search s
    where s.account_id = ${accountId} and s.organisation_id = ${organisationId} and s.removed_at is null) l
    order by fresh desc, "createdAt" desc limit ${most}`.execute(ctx.db);
  return rows;
}

/** The name of a search that was removed and can still be brought back. */
export async function removedSearch(ctx: Context, id: string): Promise<{ id: string; name: string } | null> {
  const accountId = accountOf(ctx.actor);
  if (accountId === null) return null;
  const since = new Date(ctx.now().getTime() - UNDO_DAYS * 86_400_000);
  const row = await ctx.db
    .selectFrom('saved_search')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('removed_at', '>', since)
    .executeTakeFirst();
  return row ?? null;
}

export interface StopLink {
  /** Of one search its name; null for the link that stops all. */
  name: string | null;
  /** Searches that still send alerts. */
  active: number;
}

/** What a stop link stops; null when the link names nothing. Reads only: programs follow links in mails. */
export async function stopLink(ctx: Context, token: string): Promise<StopLink | null> {
  const one = await ctx.db
    .selectFrom('saved_search')
    .select(['name', 'paused_at', 'removed_at', 'frequency'])
    .where('stop_token', '=', token)
    .executeTakeFirst();
  if (one) {
    const active = one.paused_at === null && one.removed_at === null && one.frequency !== 'none';
    return { name: one.name, active: active ? 1 : 0 };
  }
  const { rows } = await sql<{ active: number }>`
    select (select count(*)::int from saved_search s where s.account_id = t.account_id and s.removed_at is null
      and s.paused_at is null and s.frequency <> 'none') as active
    from search_setting t where t.stop_token = ${token}`.execute(ctx.db);
  return rows[0] ? { name: null, active: rows[0].active } : null;
}
