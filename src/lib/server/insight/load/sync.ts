import { sql } from 'kysely';
import type { WriteContext } from '#lib/server/platform/command.ts';
import type { CellValue, TableContent, TableRow } from './tables.ts';

/** What it takes to bring a table to its content. */
export interface TableChange {
  content: TableContent;
  added: TableRow[];
  /** before and after */
  updated: [TableRow, TableRow][];
  removed: TableRow[];
}

/** Rows written by one statement. */
const BATCH = 1000;

/** Compares a table with its content; writes nothing. */
export async function planTable(tx: WriteContext, content: TableContent): Promise<TableChange> {
  const present = new Map((await presentRows(tx, content)).map((row) => [keyOf(content, row), row]));
  const change: TableChange = { content, added: [], updated: [], removed: [] };
  const wanted = new Set<string>();
  for (const row of content.rows) {
    const key = keyOf(content, row);
    const before = present.get(key);
    wanted.add(key);
    if (before === undefined) change.added.push(row);
    else if (!same(before, row)) change.updated.push([before, row]);
  }
  change.removed = [...present].filter(([key]) => !wanted.has(key)).map(([, row]) => row);
  return change;
}

/** The projects whose rows change. */
export function projectsOf({ content, added, updated, removed }: TableChange): string[] {
  const { project } = content;
  if (project === undefined) return [];
  return [...added, ...updated.map(([, row]) => row), ...removed].map((row) => String(row[project]));
}

/** Deletes vanished rows, their old values kept in the audit trail. */
export async function removeVanished(tx: WriteContext, { content, removed }: TableChange): Promise<void> {
  for (const json of batches(removed)) {
    await sql`delete from ${sql.table(content.table)} t
      using ${fromRows(content, json)} r where ${sameKey(content)}`.execute(tx.db);
  }
  for (const row of removed) await audit(tx, content, 'reference.remove', row, { before: row });
}

/**
 * Updates changed rows, their old values kept in the audit trail, and adds new ones. New rows have no entry
 * each: the file is their record.
 */
export async function writeChanged(
  tx: WriteContext,
  { content, added, updated }: TableChange,
): Promise<void> {
  await updateRows(
    tx,
    content,
    updated.map(([, row]) => row),
  );
  await insertRows(tx, content, added);
  for (const [before, after] of updated)
    await audit(tx, content, 'reference.update', after, { before, after });
}

async function presentRows(tx: WriteContext, content: TableContent): Promise<TableRow[]> {
  const found = await sql<{
    row: TableRow;
  }>`select to_jsonb(t) as row from ${sql.table(content.table)} t where ${scope(content)}`.execute(tx.db);
  const columns = columnsOf(content);
  return found.rows.map(({ row }) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));
}

/** Rows of the reference data only: projects may come from elsewhere, too. */
function scope(content: TableContent) {
  if (content.only) return sql`${sql.ref(`t.${content.only.column}`)} = ${content.only.value}`;
  if (content.project) {
    return sql`${sql.ref(`t.${content.project}`)} in (select id from project where import_source = 'reference')`;
  }
  return sql`true`;
}

function columnsOf(content: TableContent): string[] {
  return Object.keys(content.rows[0] ?? Object.fromEntries(content.key.map((name) => [name, ''])));
}

function keyOf(content: TableContent, row: TableRow): string {
  return content.key.map((name) => String(row[name])).join('/');
}

function same(a: TableRow, b: TableRow): boolean {
  return Object.keys(b).every((name) => sameValue(a[name] ?? null, b[name] ?? null));
}

function sameValue(a: CellValue, b: CellValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => one === b[i]);
  return a === b;
}

function* batches(rows: TableRow[]): Generator<string> {
  for (let i = 0; i < rows.length; i += BATCH) yield JSON.stringify(rows.slice(i, i + BATCH));
}

function fromRows(content: TableContent, json: string) {
  return sql`jsonb_populate_recordset(null::${sql.table(content.table)}, ${json}::jsonb)`;
}

async function insertRows(tx: WriteContext, content: TableContent, rows: TableRow[]): Promise<void> {
  const columns = sql.join(columnsOf(content).map((name) => sql.ref(name)));
  for (const json of batches(rows)) {
    await sql`insert into ${sql.table(content.table)} (${columns})
      select ${columns} from ${fromRows(content, json)}`.execute(tx.db);
  }
}

async function updateRows(tx: WriteContext, content: TableContent, rows: TableRow[]): Promise<void> {
  const assignments = columnsOf(content)
    .filter((name) => !content.key.includes(name))
    .map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`);
  if (content.table === 'project') assignments.push(sql`updated_at = ${tx.now}`);
  if (assignments.length === 0) return;
  for (const json of batches(rows)) {
    await sql`update ${sql.table(content.table)} t set ${sql.join(assignments)}
      from ${fromRows(content, json)} r where ${sameKey(content)}`.execute(tx.db);
  }
}

function sameKey(content: TableContent) {
  return sql.join(
    content.key.map((name) => sql`${sql.ref(`t.${name}`)} = ${sql.ref(`r.${name}`)}`),
    sql` and `,
  );
}

function audit(
  tx: WriteContext,
  content: TableContent,
  action: string,
  row: TableRow,
  values: { before?: TableRow; after?: TableRow },
): Promise<void> {
  return tx.audit({ action, object: { kind: content.table, id: keyOf(content, row) }, ...values });
}
