import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { z } from 'zod';
import { checkFile, faultText, type Fault } from '#lib/server/platform/import/check.ts';
import type { CellReader } from '#lib/server/platform/import/lines.ts';

export interface ImportCounts {
  imported: number;
  updated: number;
  unchanged: number;
  refused: number;
}

/** How records of one kind get into their tables. */
export interface ImportKind<T extends { id: string }> {
  entity: 'company' | 'opportunity' | 'project';
  schema: z.ZodType<T>;
  cells?: CellReader;
  /** What is staged for SQL: the record and what has to be computed from it outside the database. */
  stage(record: T): object;
  /**
   * Moves the staged rows (`import_line`: line, external_id, hash, record) into their tables, all in the open
   * transaction, and answers the counts and the ids whose search documents are stale.
   */
  merge(
    client: pg.PoolClient,
    source: string,
  ): Promise<{ counts: Omit<ImportCounts, 'refused'>; changed: string[] }>;
}

export interface ImportOptions {
  path: string;
  source: string;
  dryRun: boolean;
  skipInvalid: boolean;
  onProgress?: (records: number) => void;
  signal?: AbortSignal;
}

export interface ImportResult {
  counts: ImportCounts;
  /** Worded faults, in the order of the file; at most `FAULTS_SHOWN`. */
  faults: string[];
  faultCount: number;
  /** What search has to read again. A job of each key does it, unless the importer does so first. */
  stale: StaleBatch[];
}

export interface StaleBatch {
  key: string;
  ids: string[];
}

const STALE_BATCH = 500;

/** More faults than this are counted, not listed. */
const FAULTS_SHOWN = 1000;

/**
 * Imports a file in two passes: everything is checked first; then one transaction takes it in. A file with a fault
 * changes nothing unless `skipInvalid`; a killed import leaves the old state.
 */
export async function runImport<T extends { id: string }>(
  pool: pg.Pool,
  kind: ImportKind<T>,
  options: ImportOptions,
): Promise<ImportResult> {
  const checked = await checkAll(kind, options);
  const nothing = { imported: 0, updated: 0, unchanged: 0, refused: checked.refused };
  const result = { faults: checked.faults, faultCount: checked.faultCount };
  if (checked.refused > 0 && !options.skipInvalid) return { ...result, counts: nothing, stale: [] };
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`create temp table import_line
      (line integer, external_id text primary key, hash text not null, record jsonb not null) on commit drop`);
    await stageAll(client, kind, options);
    await client.query('analyze import_line');
    const { counts, changed } = await kind.merge(client, options.source);
    const stale = options.dryRun ? [] : await addIndexJobs(client, kind.entity, changed);
    await client.query(options.dryRun ? 'rollback' : 'commit');
    return { ...result, counts: { ...counts, refused: checked.refused }, stale };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** The jobs commit with the records, so an importer that is killed while it indexes leaves nothing unindexed. */
async function addIndexJobs(
  client: pg.PoolClient,
  kind: ImportKind<{ id: string }>['entity'],
  changed: string[],
): Promise<StaleBatch[]> {
  const run = randomUUID();
  const batches: StaleBatch[] = [];
  for (let at = 0; at < changed.length; at += STALE_BATCH) {
    const ids = changed.slice(at, at + STALE_BATCH);
    const key = `search.index:import:${run}:${at}`;
    await client.query(
      `select graphile_worker.add_job('search.index', payload := $1::json, run_at := now() + interval '5 minutes',
         max_attempts := 8, job_key := $2)`,
      [JSON.stringify({ kind, ids }), key],
    );
    batches.push({ key, ids });
  }
  // The worker brings the stored lists of matches up to date.
  if (changed.length > 0 && kind !== 'project')
    await client.query(
      `select graphile_worker.add_job('match.update', payload := '{}'::json, max_attempts := 8, job_key := $1)`,
      [`match.update:import:${run}`],
    );
  return batches;
}

async function checkAll<T extends { id: string }>(kind: ImportKind<T>, options: ImportOptions) {
  const faults: string[] = [];
  let refused = 0;
  let faultCount = 0;
  const rejectedPath = `${options.path}.rejected.jsonl`;
  const rejected = options.skipInvalid && !options.dryRun ? createWriteStream(rejectedPath) : null;
  for await (const line of checkedLines(kind, options)) {
    options.onProgress?.(1);
    if (line.ok) continue;
    refused += 1;
    faultCount += line.faults.length;
    for (const fault of line.faults) {
      if (faults.length < FAULTS_SHOWN) faults.push(faultText(options.path, fault));
    }
    if (rejected && !rejected.write(rejectedLine(line))) await once(rejected, 'drain');
  }
  if (rejected) {
    rejected.end();
    await once(rejected, 'close');
    if (refused === 0) await rm(rejectedPath, { force: true });
  }
  return { faults, faultCount, refused };
}

function checkedLines<T extends { id: string }>(kind: ImportKind<T>, options: ImportOptions) {
  options.signal?.throwIfAborted();
  return checkFile<T>({
    path: options.path,
    schema: kind.schema,
    ...(kind.cells ? { cells: kind.cells } : {}),
  });
}

function rejectedLine(line: { line: number; text: string; faults: Fault[] }): string {
  const faults = line.faults.map(({ field, message }) => ({ field, message }));
  return `${JSON.stringify({ line: line.line, record: line.text, faults })}\n`;
}

/** Streams the good records into `import_line`; memory does not grow with the file. */
async function stageAll<T extends { id: string }>(
  client: pg.PoolClient,
  kind: ImportKind<T>,
  options: ImportOptions,
): Promise<void> {
  const copy = client.query(copyFrom('copy import_line (line, external_id, hash, record) from stdin'));
  await pipeline(Readable.from(stagedRows(kind, options)), copy);
}

async function* stagedRows<T extends { id: string }>(
  kind: ImportKind<T>,
  options: ImportOptions,
): AsyncGenerator<string> {
  for await (const line of checkedLines(kind, options)) {
    if (!line.ok) continue;
    options.signal?.throwIfAborted();
    const record = JSON.stringify(kind.stage(line.record));
    const hash = createHash('sha256').update(record).digest('hex');
    yield `${line.line}\t${escapeCopy(line.record.id)}\t${hash}\t${escapeCopy(record)}\n`;
    options.onProgress?.(1);
  }
}

const COPY_ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Text format of COPY: backslash, tab and line ends are escaped. */
function escapeCopy(text: string): string {
  return text.replace(/[\\\t\n\r]/gu, (character) => COPY_ESCAPES[character] ?? character);
}
