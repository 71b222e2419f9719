import { sql } from 'kysely';
import type { MatchGroup } from '#lib/domain/match/group.ts';
import type { Db } from '#lib/server/match/company-repository.ts';
import type { ReckonedList, ReckonedMatch } from '#lib/server/match/list.ts';

/** Stored lists: only what differs from what is there is written. */

export interface Reckoning {
  model: string;
  dataVersion: number;
  day: string;
  /** Nobody is told of what changes: the first reckoning of a portal or of a model. */
  quiet: boolean;
}
export interface Written {
  written: number;
  unchanged: number;
  removed: number;
}

interface StoredRow {
  opportunity_id: string;
  company_id: string;
  rank: number;
  units: number;
  match_group: MatchGroup;
  parts_digest: string;
  model: string;
}
interface Changed {
  opportunityId: string;
  companyId: string;
  before: MatchGroup | null;
  after: MatchGroup | null;
  units: number;
}

/** Any number that nothing else locks by. */
const LOCK = 20_261_125;

/**
 * Held by one transaction at a time, from before the index is read until the lists are written: an older reckoning
 * never overwrites a newer one, and changes become visible in the order of their numbers.
 */
export async function lockLists(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
}

/** Writes lists where they differ, takes out those of `gone`, and notes who came into or left the strong group. */
export async function writeLists(
  db: Db,
  lists: readonly ReckonedList[],
  gone: readonly string[],
  reckoning: Reckoning,
): Promise<Written> {
  const ids = [...lists.map(({ opportunityId }) => opportunityId), ...gone];
  if (ids.length === 0) return { written: 0, unchanged: 0, removed: 0 };
  const stored = Map.groupBy(await storedRows(db, ids), (row) => row.opportunity_id);
  const fresh: (ReckonedMatch & { opportunityId: string; rank: number })[] = [];
  const removed: { opportunityId: string; companyId: string }[] = [];
  const changed: Changed[] = [];
  let unchanged = 0;
  for (const { opportunityId, matches } of [...lists, ...gone.map(emptyList)]) {
    const before = new Map((stored.get(opportunityId) ?? []).map((row) => [row.company_id, row]));
    matches.forEach((match, index) => {
      const row = before.get(match.companyId);
      before.delete(match.companyId);
      if (row !== undefined && isSame(row, match, index + 1, reckoning.model)) {
        unchanged += 1;
        return;
      }
      fresh.push({ ...match, opportunityId, rank: index + 1 });
      note(changed, opportunityId, match.companyId, row ?? null, match);
    });
    for (const row of before.values()) {
      removed.push({ opportunityId, companyId: row.company_id });
      note(changed, opportunityId, row.company_id, row, null);
    }
  }
  await remove(db, removed);
  await write(db, fresh, reckoning);
  await writeHeads(db, lists, gone, reckoning);
  await writeChanges(db, changed, reckoning);
  return { written: fresh.length, unchanged, removed: removed.length };
}

const emptyList = (opportunityId: string): Pick<ReckonedList, 'opportunityId' | 'matches'> => ({
  opportunityId,
  matches: [],
});

function isSame(row: StoredRow, match: ReckonedMatch, rank: number, model: string): boolean {
  return (
    row.rank === rank &&
    row.units === match.units &&
    row.match_group === match.group &&
    row.parts_digest === match.digest &&
    row.model === model
  );
}

function note(
  changed: Changed[],
  opportunityId: string,
  companyId: string,
  row: StoredRow | null,
  match: ReckonedMatch | null,
): void {
  const before = row?.match_group ?? null;
  const after = match?.group ?? null;
  if (before === after || (before !== 'strong' && after !== 'strong')) return;
  changed.push({ opportunityId, companyId, before, after, units: match?.units ?? row?.units ?? 0 });
}

async function storedRows(db: Db, ids: readonly string[]): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select opportunity_id, company_id, rank, units, match_group, parts_digest::text as parts_digest, model
    from match_result where opportunity_id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

async function remove(db: Db, rows: readonly { opportunityId: string; companyId: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`delete from match_result r
    using unnest(${rows.map((row) => row.opportunityId)}::uuid[], ${rows.map((row) => row.companyId)}::uuid[]) as gone (o, c)
    where r.opportunity_id = gone.o and r.company_id = gone.c`.execute(db);
}

async function write(
  db: Db,
  rows: readonly (ReckonedMatch & { opportunityId: string; rank: number })[],
  { model, dataVersion }: Reckoning,
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into match_result (opportunity_id, company_id, rank, units, match_group, parts_digest, model, data_version)
    select *, ${model}::text, ${dataVersion}::bigint from unnest(
      ${rows.map((row) => row.opportunityId)}::uuid[], ${rows.map((row) => row.companyId)}::uuid[],
      ${rows.map((row) => row.rank)}::smallint[], ${rows.map((row) => row.units)}::smallint[],
      ${rows.map((row) => row.group)}::text[], ${rows.map((row) => row.digest)}::bigint[])
    on conflict (opportunity_id, company_id) do update
      set rank = excluded.rank, units = excluded.units, match_group = excluded.match_group,
          parts_digest = excluded.parts_digest, model = excluded.model, data_version = excluded.data_version`.execute(
    db,
  );
}

async function writeHeads(
  db: Db,
  lists: readonly ReckonedList[],
  gone: readonly string[],
  { model, dataVersion, day }: Reckoning,
): Promise<void> {
  if (gone.length > 0)
    await db
      .deleteFrom('match_list')
      .where('opportunity_id', 'in', [...gone])
      .execute();
  if (lists.length === 0) return;
  await sql`
    insert into match_list (opportunity_id, considered, excluded, entry_units, model, data_version, day)
    select *, ${model}::text, ${dataVersion}::bigint, ${day}::date from unnest(
      ${lists.map((list) => list.opportunityId)}::uuid[], ${lists.map((list) => list.considered)}::integer[],
      ${lists.map((list) => list.excluded)}::integer[], ${lists.map((list) => list.entryUnits)}::integer[])
    on conflict (opportunity_id) do update
      set considered = excluded.considered, excluded = excluded.excluded, entry_units = excluded.entry_units,
          model = excluded.model, data_version = excluded.data_version, day = excluded.day, reckoned_at = now()
      where (match_list.considered, match_list.excluded, match_list.entry_units, match_list.model)
        is distinct from (excluded.considered, excluded.excluded, excluded.entry_units, excluded.model)`.execute(
    db,
  );
}

async function writeChanges(db: Db, rows: readonly Changed[], { model, quiet }: Reckoning): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into match_change (opportunity_id, company_id, group_before, group_after, units, model, quiet)
    select *, ${model}::text, ${quiet}::boolean from unnest(
      ${rows.map((row) => row.opportunityId)}::uuid[], ${rows.map((row) => row.companyId)}::uuid[],
      ${rows.map((row) => row.before)}::text[], ${rows.map((row) => row.after)}::text[],
      ${rows.map((row) => row.units)}::smallint[])`.execute(db);
}

/** Opportunities whose stored list a company is in. */
export async function listsWith(db: Db, companies: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct opportunity_id as id from match_result where company_id = any(${[...companies]}::uuid[])`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Units from which on a company comes into a stored list; opportunities without one are not there. */
export async function entryUnits(db: Db, opportunities: readonly string[]): Promise<Map<string, number>> {
  if (opportunities.length === 0) return new Map();
  const { rows } = await sql<{ id: string; units: number }>`
    select opportunity_id as id, entry_units as units from match_list
    where opportunity_id = any(${[...opportunities]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, units }) => [id, units]));
}

/** Stored lists of opportunities that are not among those open. */
export async function listsBeyond(db: Db, open: ReadonlySet<string>): Promise<string[]> {
  const rows = await db.selectFrom('match_list').select('opportunity_id').execute();
  return rows.map((row) => row.opportunity_id).filter((id) => !open.has(id));
}

/** How far the stored lists follow the changes; null: no whole run has ended yet. */
export async function readMark(db: Db): Promise<{ xmin: string; model: string } | null> {
  const { rows } = await sql<{ xmin: string; model: string }>`
    select xmin_at::text as xmin, model from match_mark`.execute(db);
  return rows[0] ?? null;
}

export async function setMark(db: Db, xmin: string, model: string): Promise<void> {
  await sql`insert into match_mark (xmin_at, model) values (${xmin}::xid8, ${model})
    on conflict (singleton) do update set xmin_at = excluded.xmin_at, model = excluded.model`.execute(db);
}

/** Changes in or out of the strong group are kept for as long as somebody may be told late. */
const CHANGES_KEPT_DAYS = 30;

export async function deleteOldMatchChanges(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('match_change')
    .where('at', '<', new Date(now.getTime() - CHANGES_KEPT_DAYS * 86_400_000))
    .execute();
}
