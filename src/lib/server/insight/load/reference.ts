import { sql, type Kysely } from 'kysely';
import { writeContext, type WriteContext } from '#lib/server/platform/command.ts';
import { systemClock, type Clock } from '#lib/server/platform/clock.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { checkAcross } from './check.ts';
import { faultText, type Fault } from './csv.ts';
import { parseFiles, readFiles, type FileContent, type ReferenceFile } from './files.ts';
import { planTable, projectsOf, removeVanished, writeChanged, type TableChange } from './sync.ts';
import { tableContents, type TableContent } from './tables.ts';

/** Some file has faults; nothing was loaded. `faults` has one line each: `FILE:line: field: what, expected`. */
export class ReferenceDataError extends Error {
  override name = 'ReferenceDataError';
  readonly faults: readonly string[];
  constructor(faults: readonly Fault[]) {
    super(`The reference data has ${faults.length} fault(s); nothing was loaded.`);
    this.faults = faults.map(faultText);
  }
}

export interface LoadOptions {
  /** Folder with the CSV files. */
  dir: string;
  /** Called after each table with rows done and in all. */
  onProgress?: (done: number, total: number) => void;
  now?: Clock;
}

export interface LoadSummary {
  /** Files that had changed since the last load; none: nothing was read further. */
  files: string[];
  added: number;
  updated: number;
  removed: number;
}

/**
 * Loads the reference data in one transaction. Loading the same again changes nothing; a table none of whose
 * files changed is not looked at. Throws {@link ReferenceDataError} and loads nothing when a file has faults.
 */
export async function loadReference(db: Kysely<Database>, options: LoadOptions): Promise<LoadSummary> {
  const files = readFiles(options.dir);
  const context = systemContext(db, 'seed.reference', options.now ?? systemClock);
  return db.transaction().execute(async (transaction) => {
    const tx = writeContext(context, transaction);
    await sql`select pg_advisory_xact_lock(hashtext('seed.reference'))`.execute(transaction);
    const changed = await changedFiles(tx, files);
    if (changed.length === 0) return { files: [], added: 0, updated: 0, removed: 0 };
    const contents = read(files);
    await sql`set constraints all deferred`.execute(transaction);
    const summary = await write(tx, contents, changed, options.onProgress);
    await recordFiles(tx, files, changed);
    return summary;
  });
}

function read(files: ReadonlyMap<ReferenceFile, FileContent>): TableContent[] {
  const { rows, faults } = parseFiles(files);
  // Ids of rows that could not be read would only make further faults.
  const all = faults.length > 0 ? faults : checkAcross(rows);
  if (all.length > 0) throw new ReferenceDataError(all);
  return tableContents(rows);
}

async function changedFiles(
  tx: WriteContext,
  files: ReadonlyMap<ReferenceFile, FileContent>,
): Promise<ReferenceFile[]> {
  const loaded = await tx.db.selectFrom('reference_file').select(['name', 'sha256']).execute();
  const hashes = new Map(loaded.map((row) => [row.name, row.sha256]));
  return [...files].filter(([name, file]) => hashes.get(name) !== file.sha256).map(([name]) => name);
}

async function write(
  tx: WriteContext,
  contents: TableContent[],
  changed: ReferenceFile[],
  onProgress: LoadOptions['onProgress'],
): Promise<LoadSummary> {
  const due = contents.filter((content) => content.files.some((name) => changed.includes(name)));
  const total = due.reduce((sum, content) => sum + content.rows.length, 0);
  const summary: LoadSummary = { files: changed, added: 0, updated: 0, removed: 0 };
  const changes: TableChange[] = [];
  for (const content of due) changes.push(await planTable(tx, content));
  // What names other rows goes first and comes last.
  for (const change of changes.toReversed()) await removeUnused(tx, change);
  let done = 0;
  for (const change of changes) {
    await writeChanged(tx, change);
    summary.added += change.added.length;
    summary.updated += change.updated.length;
    summary.removed += change.removed.length;
    onProgress?.((done += change.content.rows.length), total);
  }
  const projects = new Set(changes.flatMap(projectsOf));
  for (const id of projects) await tx.changed('project', id);
  const { files: _files, ...counts } = summary;
  await tx.audit({
    action: 'reference.load',
    object: { kind: 'reference', id: changed.join(' ') },
    after: counts,
  });
  return summary;
}

/** A row that others have come to use cannot vanish: that is a fault of the file, too. */
async function removeUnused(tx: WriteContext, change: TableChange): Promise<void> {
  try {
    await removeVanished(tx, change);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23503')) throw error;
    const detail = 'detail' in error ? String(error.detail) : '';
    const file = change.content.files[0] ?? '';
    throw new ReferenceDataError([
      {
        file,
        line: 1,
        field: 'id',
        message: `a row that is in use has gone, expected it to stay (${detail})`,
      },
    ]);
  }
}

async function recordFiles(
  tx: WriteContext,
  files: ReadonlyMap<ReferenceFile, FileContent>,
  changed: ReferenceFile[],
): Promise<void> {
  for (const name of changed) {
    const file = files.get(name);
    const row = {
      name,
      sha256: file?.sha256 ?? '',
      row_count: (file?.text.trimEnd().split('\n').length ?? 1) - 1,
      loaded_at: tx.now,
    };
    await tx.db
      .insertInto('reference_file')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute();
  }
}
