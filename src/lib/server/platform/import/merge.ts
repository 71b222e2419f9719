import type pg from 'pg';
import type { ImportCounts } from '#lib/server/platform/import/run.ts';

/** How staged records meet the rows that are there. */
export interface Merge {
  /** Temporary table with one row a record: external_id, hash, record, id, fresh, same and what `match` adds. */
  table: string;
  /** `… from import_line l left join …`: which row a record is (`$1` the source), as id, fresh and same. */
  match: string;
  /** Set-based statements over the records that are new or differ; `$1` is the source where it is named. */
  steps: readonly string[];
}

/** Runs a merge in the client's open transaction. Records that are the same as before are not touched. */
export async function mergeStaged(
  client: pg.PoolClient,
  source: string,
  merge: Merge,
): Promise<{ counts: Omit<ImportCounts, 'refused'>; changed: string[] }> {
  const { table } = merge;
  await client.query(
    `create temp table ${table} on commit drop as select l.external_id, l.hash, l.record, ${merge.match}`,
    [source],
  );
  const counted = await client.query<{ imported: number; updated: number; unchanged: number }>(
    `select count(*) filter (where fresh)::int as imported,
            count(*) filter (where not fresh and not same)::int as updated,
            count(*) filter (where same)::int as unchanged from ${table}`,
  );
  await client.query(`delete from ${table} where same`);
  await client.query(`create unique index on ${table} (id)`);
  await client.query(`analyze ${table}`);
  for (const step of merge.steps) await client.query(step, step.includes('$1') ? [source] : []);
  const changed = await client.query<{ id: string }>(`select id::text as id from ${table} order by id`);
  const counts = counted.rows[0] ?? { imported: 0, updated: 0, unchanged: 0 };
  return { counts, changed: changed.rows.map(({ id }) => id) };
}
