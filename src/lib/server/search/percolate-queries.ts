import { sql, type Kysely } from 'kysely';
import type { IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import { EXTRAS, type SavedFilters } from '#lib/domain/search/saved.ts';
import type { Packed } from '#lib/domain/search/watch.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What the compiled sets are read from, and the matches they find. */

type Db = Kysely<Database>;

export interface WatchRow {
  id: string;
  kind: IndexKind;
  reading: number;
  filters: SavedFilters;
  organisation: string | null;
  official: boolean;
  removed: boolean;
}

const COLUMNS = sql`s.id, s.kind, s.reading_id as reading, s.filters, s.organisation_id as organisation, s.official,
  s.removed_at is not null as removed`;

/** Searches that are not removed, after `after` in the order of their ids. */
export async function searchesAfter(db: Db, after: string | null, most: number): Promise<WatchRow[]> {
  const from = after === null ? sql`true` : sql`s.id > ${after}::uuid`;
  const { rows } = await sql<WatchRow>`select ${COLUMNS} from saved_search s
    where s.removed_at is null and ${from} order by s.id limit ${most}`.execute(db);
  return rows;
}

/** Searches that came, went or are read differently since a mark, after `after` in the order of their ids. */
export async function changedSearches(
  db: Db,
  mark: string,
  after: string | null,
  most: number,
): Promise<WatchRow[]> {
  const { rows } = await (after === null ? firstChanged(mark, most) : nextChanged(mark, after, most)).execute(
    db,
  );
  return rows;
}

/** Few have changed, mostly: they are found by their marks. The first of each are enough for the first of both. */
const firstChanged = (mark: string, most: number) => sql<WatchRow>`
  (select ${COLUMNS} from saved_search s where s.xid >= ${mark}::xid8 order by s.id limit ${most})
  union
  (select ${COLUMNS} from saved_search s join search_reading r on r.id = s.reading_id
    where r.xid >= ${mark}::xid8 and s.removed_at is null order by s.id limit ${most})
  order by id limit ${most}`;

/** Where there are more, very many have: all are gone through once, rather than those that changed for each batch. */
const nextChanged = (mark: string, after: string, most: number) => sql<WatchRow>`
  select ${COLUMNS} from saved_search s
  where s.id > ${after}::uuid and (s.xid >= ${mark}::xid8 or (s.removed_at is null
    and s.reading_id in (select r.id from search_reading r where r.xid >= ${mark}::xid8)))
  order by s.id limit ${most}`;

/** A database restored from a backup numbers its transactions anew: what seems to come from the future is of now. */
export async function renewForeignMarks(db: Db): Promise<void> {
  for (const table of ['saved_search', 'search_reading'])
    await sql`update ${sql.table(table)} set xid = pg_current_xact_id()
      where xid >= pg_snapshot_xmax(pg_current_snapshot())`.execute(db);
}

export async function expressionsOf(db: Db, ids: readonly number[]): Promise<{ id: number; expr: Packed }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number; expr: Packed }>`
    select id, expr from search_reading where id = any(${ids}::int[])`.execute(db);
  return rows;
}

/** The tokens of some documents of a kind. */
export async function sampleTokens(db: Db, kind: IndexKind, most: number): Promise<string[][]> {
  const { rows } = await sql<{ tokens: string }>`
    select array_to_string(tsvector_to_array(tokens), ' ') as tokens
    from ${sql.table(`search_${kind}`)} limit ${most}`.execute(db);
  return rows.map((row) => row.tokens.split(' '));
}

export async function isAnythingSaved(db: Db, kind: IndexKind): Promise<boolean> {
  const { rows } = await sql`select 1 from saved_search where kind = ${kind} limit 1`.execute(db);
  return rows.length > 0;
}

/** Which of some searches have filters that documents do not hold. */
export async function searchesWithExtras(
  db: Db,
  kind: IndexKind,
  ids: readonly string[],
): Promise<{ id: string; filters: SavedFilters }[]> {
  const { rows } = await sql<{ id: string; filters: SavedFilters }>`
    select id, filters from saved_search where id = any(${ids}::uuid[])
      and filters ?| ${[...EXTRAS[kind]]}::text[]`.execute(db);
  return rows;
}

/**
 * Writes down which searches a document answers now, for those whose people may find it as they stand today. A match
 * found before stays as it is; one that waits and is none any more is taken back. What is found while a search rests,
 * or is not to be told, is only shown.
 */
export async function recordMatches(
  db: Db,
  document: Pick<SearchDocument, 'kind' | 'id' | 'visibility' | 'owner' | 'invited'>,
  searches: readonly string[],
  at: { now: Date; day: string },
): Promise<number> {
  const { kind, id, visibility, owner, invited } = document;
  await forgetWaiting(db, kind, id, searches);
  const { numAffectedRows } = await sql`
    insert into saved_search_hit (saved_search_id, document_id, found_at, told_at)
    select s.id, ${id}, ${at.now}::timestamptz,
      case when s.paused_at is not null or s.frequency = 'none' then ${at.now}::timestamptz end
    from saved_search s
      left join membership m on m.account_id = s.account_id and m.organisation_id = s.organisation_id
      left join organisation o on o.id = m.organisation_id
      left join office f on f.account_id = s.account_id and s.official
    where s.id = any(${searches}::uuid[]) and s.removed_at is null and s.kind = ${kind} and (
      ${visibility} = 'public'
      or (f.account_id is not null and ${visibility} <> 'private')
      or (${visibility} = 'vetted' and o.supplier and o.standing = 'vetted' and o.vetted_until >= ${at.day}::date)
      or o.id::text = ${owner}
      or (${visibility} <> 'private' and o.id::text = any(${[...invited]}::text[])))
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Takes back matches of a document that wait to be told, but those of some searches. */
export async function forgetWaiting(
  db: Db,
  kind: IndexKind,
  documentId: string,
  except: readonly string[] = [],
): Promise<void> {
  await sql`delete from saved_search_hit h using saved_search s
    where h.document_id = ${documentId} and h.told_at is null and s.id = h.saved_search_id and s.kind = ${kind}
      and not exists (select from unnest(${except}::uuid[]) as still (id) where still.id = s.id)`.execute(db);
}
