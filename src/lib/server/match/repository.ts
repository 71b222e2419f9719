import { sql } from 'kysely';
import type { Db } from '#lib/server/match/company-repository.ts';

/** What changed, what was said to be not relevant, and the ids by which others know records. */

/** A point in the history of changes: everything before it is in the index. */
export interface Watermark {
  /** Changes of transactions from this one on are read again: some may not have been visible yet. */
  xmin: string;
  /** When the reference data was last loaded, the latest change of relations or lexicon in effect, the latest switch of models. */
  reference: string;
}

const reference = sql<string>`coalesce((select max(loaded_at)::text from reference_file), '') || ' '
  || coalesce((select max(effect) from amendment where subject in ('capability', 'mineral', 'term') and effect is not null), 0)
  || ' ' || coalesce((select max(id) from match_model_switch), 0)`;

/** The watermark of the snapshot the statement runs on. */
export async function readWatermark(db: Db): Promise<Watermark> {
  const { rows } = await sql<Watermark>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
           ${reference} as reference`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no snapshot');
  return row;
}

export interface Change {
  seq: number;
  kind: 'company' | 'opportunity' | 'project';
  id: string;
}

/** Changes since a watermark, and the watermark of this very reading. */
export async function changesSince(
  db: Db,
  { xmin }: Watermark,
): Promise<{ changes: Change[]; watermark: Watermark }> {
  const { rows } = await sql<Watermark & { changes: Change[] | null }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
           ${reference} as reference,
           (select json_agg(json_build_object('seq', seq, 'kind', kind, 'id', id) order by seq)
            from entity_change where xid >= ${xmin}::xid8) as changes`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no snapshot');
  return { changes: row.changes ?? [], watermark: { xmin: row.xmin, reference: row.reference } };
}

/** Opportunities this organisation said are not relevant to a company, or companies to an opportunity. */
export async function notRelevant(
  db: Db,
  organisationId: string,
  pair: { company: string } | { opportunity: string },
): Promise<Set<string>> {
  const rows =
    'company' in pair
      ? await db
          .selectFrom('match_feedback')
          .select('opportunity_id as id')
          .where('organisation_id', '=', organisationId)
          .where('company_id', '=', pair.company)
          .execute()
      : await db
          .selectFrom('match_feedback')
          .select('company_id as id')
          .where('organisation_id', '=', organisationId)
          .where('opportunity_id', '=', pair.opportunity)
          .execute();
  return new Set(rows.map(({ id }) => id));
}

/** What an organisation said is not relevant to its own company, newest first. */
export async function dismissedBy(db: Db, companyId: string) {
  return db
    .selectFrom('match_feedback')
    .select(['opportunity_id', 'reason', 'note', 'created_at'])
    .where('organisation_id', '=', companyId)
    .where('company_id', '=', companyId)
    .orderBy('created_at', 'desc')
    .orderBy('opportunity_id')
    .execute();
}

/** external id → row id of a company's rows that explanations name. */
export async function rowIds(db: Db, companyId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; id: string }>`
    select 'capability ' || external_id as key, id::text from company_capability where organisation_id = ${companyId}::uuid
    union all
    select 'reference ' || external_id, id::text from company_reference where organisation_id = ${companyId}::uuid
    union all
    (select distinct on (certification) 'certification ' || certification, id::text from company_certification
     where organisation_id = ${companyId}::uuid order by certification, valid_to desc nulls first)`.execute(
    db,
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** source and external id of companies or opportunities. */
export async function externalIds(
  db: Db,
  table: 'organisation' | 'opportunity',
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; external_id: string }>`
    select id, external_id from ${sql.table(table)} where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, external_id }) => [id, external_id]));
}

/** Rows a file's id may mean: by external id, within a source when one is named. */
export async function findByExternalId(
  db: Db,
  table: 'organisation' | 'opportunity',
  externalId: string,
  source: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)}
    where external_id = ${externalId} and (${source}::text is null or import_source = ${source})
    order by import_source, id limit 2`.execute(db);
  return rows.map(({ id }) => id);
}
