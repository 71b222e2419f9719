import { sql, type Kysely } from 'kysely';
import type { AccountIdentity } from '#lib/domain/account/hat.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Frequency, SavedFilters } from '#lib/domain/search/saved.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What waits to be told, and to whom. */

type Db = Kysely<Database>;

/** People whom something waits for, after `after` in the order of their ids. */
export async function peopleWaiting(
  db: Db,
  frequency: Frequency,
  after: string | null,
  most: number,
): Promise<string[]> {
  const from = after === null ? sql`true` : sql`s.account_id > ${after}::uuid`;
  const { rows } = await sql<{ id: string }>`
    select distinct s.account_id as id from saved_search_hit h join saved_search s on s.id = h.saved_search_id
    where h.told_at is null and s.frequency = ${frequency} and s.paused_at is null and s.removed_at is null and ${from}
    order by 1 limit ${most}`.execute(db);
  return rows.map((row) => row.id);
}

export interface Reader extends AccountIdentity {
  lang: Lang;
}

/** The person to tell. */
export async function readerOf(db: Db, accountId: string): Promise<Reader | null> {
  const { rows } = await sql<Reader>`
    select id, name, email, lang, email_verified_at is not null as verified from account
    where id = ${accountId}`.execute(db);
  return rows[0] ?? null;
}

/** Holds the person until the transaction ends, so that two senders do not tell them twice. */
export async function lockReader(db: Db, accountId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from account where id = ${accountId} for update`.execute(db);
  return rows.length > 0;
}

export interface Waiting {
  searchId: string;
  documentId: string;
  kind: IndexKind;
  q: string;
  filters: SavedFilters;
  name: string;
  stopToken: string;
  organisationId: string | null;
  official: boolean;
}

/** Matches of one person that wait to be told, the searches in the order of saving, the newest match first. */
export async function waitingOf(
  db: Db,
  accountId: string,
  frequency: Frequency,
  most: number,
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select s.id as "searchId", h.document_id as "documentId", s.kind, s.q, s.filters, s.name,
      s.stop_token as "stopToken", s.organisation_id as "organisationId", s.official
    from saved_search s join saved_search_hit h on h.saved_search_id = s.id
    where s.account_id = ${accountId} and s.frequency = ${frequency} and s.paused_at is null
      and s.removed_at is null and h.told_at is null
    order by s.created_at, s.id, h.found_at desc, h.document_id limit ${most}`.execute(db);
  return rows;
}

export interface Match {
  searchId: string;
  documentId: string;
}

const pairs = (matches: readonly Match[]) => sql`(select * from unnest(
  ${matches.map((m) => m.searchId)}::uuid[], ${matches.map((m) => m.documentId)}::text[])) as m (search, document)`;

/** How many of these still wait to be told. */
export async function stillWaiting(db: Db, frequency: Frequency, matches: readonly Match[]): Promise<number> {
  if (matches.length === 0) return 0;
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${pairs(matches)}
      join saved_search s on s.id = m.search
      join saved_search_hit h on h.saved_search_id = m.search and h.document_id = m.document
    where h.told_at is null and s.frequency = ${frequency} and s.paused_at is null
      and s.removed_at is null`.execute(db);
  return rows[0]?.n ?? 0;
}

/** These are told: never again. */
export async function markTold(db: Db, matches: readonly Match[], now: Date): Promise<void> {
  if (matches.length === 0) return;
  await sql`update saved_search_hit h set told_at = ${now} from ${pairs(matches)}
    where h.saved_search_id = m.search and h.document_id = m.document`.execute(db);
}

/** These may not be told of; should they be seen again and change, they are found anew. */
export async function takeBack(db: Db, matches: readonly Match[]): Promise<void> {
  if (matches.length === 0) return;
  await sql`delete from saved_search_hit h using ${pairs(matches)}
    where h.saved_search_id = m.search and h.document_id = m.document and h.told_at is null`.execute(db);
}
