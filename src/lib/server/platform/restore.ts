import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  BOOKKEEPING,
  hashing,
  nameOf,
  openData,
  quoted,
  readManifest,
  TABLES,
  type Manifest,
  type TableEntry,
} from '#lib/server/platform/backup.ts';
import type { Connection } from '#lib/server/platform/db.ts';
import type { FileStore } from '#lib/server/platform/file-store.ts';
import { knowsMigrations, migrateToLatest } from '#lib/server/platform/migrate.ts';

/** The backup cannot be restored; the database holds no data of it. */
export class RestoreError extends Error {
  override name = 'RestoreError';
}

export interface RestoreOptions {
  /** Folder of the backup. */
  source: string;
  /** Where the uploaded files go; null leaves them out. */
  files: FileStore | null;
  onTable?: (name: string, done: number, total: number) => void;
}

/**
 * Restores a backup into an empty database: proves every checksum first, puts the uploaded files back, makes the schema
 * as it was, loads all tables in one transaction, then brings the schema up to date. When files cannot be put back the
 * database is still empty, so it can be done again. Throws {@link RestoreError}.
 */
export async function restore(connection: Connection, options: RestoreOptions): Promise<Manifest> {
  const manifest = await readManifest(options.source).catch((error: unknown) => {
    throw new RestoreError(
      `${options.source} is not a backup: ${error instanceof Error ? error.message : error}`,
    );
  });
  if (!(await knowsMigrations(manifest.migrations))) {
    throw new RestoreError(
      'The backup was made by a version with other migrations. Restore it with that version.',
    );
  }
  await requireEmpty(connection.pool);
  await verify(options, manifest);
  await options.files?.check();
  if (options.files !== null) await copyBack(options.source, options.files, manifest);
  const last = manifest.migrations.at(-1)?.name;
  if (last !== undefined) await migrateToLatest(connection, { upTo: last });
  await loadAll(connection.pool, options, manifest);
  await migrateToLatest(connection);
  return manifest;
}

/** A migrated database without a row counts as empty. */
async function requireEmpty(pool: pg.Pool): Promise<void> {
  const { rows: tables } = await pool.query<TableEntry>(TABLES, [BOOKKEEPING]);
  for (const table of tables) {
    if (isQueueBookkeeping(table)) continue;
    const { rows } = await pool.query<{ filled: boolean }>(
      `select exists (select from ${nameOf(table)}) as filled`,
    );
    if (rows[0]?.filled) {
      throw new RestoreError(
        `The database is not empty (${table.schema}.${table.table} has rows). Restore into a new database or DATA_DIR.`,
      );
    }
  }
}

/** The queue notes its tasks and crontabs when a worker starts; that is not data. */
function isQueueBookkeeping(table: { schema: string; table: string }): boolean {
  return table.schema === 'graphile_worker' && table.table !== '_private_jobs';
}

async function verify(options: RestoreOptions, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) {
    const hash = createHash('sha256');
    const label = `${table.schema}.${table.table}`;
    try {
      for await (const chunk of openData(options.source, table)) hash.update(chunk as Buffer);
    } catch (error) {
      throw new RestoreError(
        `The data of ${label} cannot be read: ${error instanceof Error ? error.message : error}`,
      );
    }
    if (hash.digest('hex') !== table.sha256)
      throw new RestoreError(`The data of ${label} is damaged (checksum).`);
  }
  for (const file of manifest.files) {
    if (normalize(join('/', file.key)) !== `/${file.key}`)
      throw new RestoreError(`Wrong file name: ${file.key}`);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(options.source, 'files', file.key)))
      hash.update(chunk as Buffer);
    if (hash.digest('hex') !== file.sha256)
      throw new RestoreError(`The file ${file.key} is damaged (checksum).`);
  }
}

async function loadAll(pool: pg.Pool, options: RestoreOptions, manifest: Manifest): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await loadTables(client, options, manifest);
    for (const { schema, name, value, called } of manifest.sequences) {
      await client.query('select setval($1::regclass, $2, $3)', [
        `${quoted(schema)}.${quoted(name)}`,
        value,
        called,
      ]);
    }
    // Whoever held them is not here.
    await client.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null');
    await client.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release(true);
  }
}

/**
 * Foreign keys are taken off and put back, so that tables load in any order and the keys are proved over
 * all rows at the end; triggers rest, since their effects are in the data.
 */
async function loadTables(client: pg.PoolClient, options: RestoreOptions, manifest: Manifest): Promise<void> {
  const names = manifest.tables.map(nameOf);
  const { rows: keys } = await client.query<{ on_table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as on_table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid = any ($1::regclass[])`,
    [names],
  );
  for (const key of keys)
    await client.query(`alter table ${key.on_table} drop constraint ${quoted(key.name)}`);
  for (const name of names) await client.query(`alter table ${name} disable trigger user`);
  await client.query(`truncate ${names.join(', ')}`);
  let done = 0;
  for (const table of manifest.tables) {
    options.onTable?.(`${table.schema}.${table.table}`, done, manifest.tables.length);
    await loadTable(client, options.source, table);
    done += 1;
  }
  for (const key of keys) {
    await client.query(`alter table ${key.on_table} add constraint ${quoted(key.name)} ${key.definition}`);
  }
  for (const name of names) await client.query(`alter table ${name} enable trigger user`);
}

async function loadTable(client: pg.PoolClient, source: string, table: TableEntry): Promise<void> {
  const hash = createHash('sha256');
  const columns = table.columns.map(quoted).join(', ');
  const target = client.query(copyFrom(`copy ${nameOf(table)} (${columns}) from stdin`));
  await pipeline(openData(source, table), hashing(hash), target);
  if (hash.digest('hex') === table.sha256 && target.rowCount === table.rows) return;
  throw new RestoreError(
    `${table.schema}.${table.table} did not load as it was saved; nothing was restored.`,
  );
}

async function copyBack(source: string, store: FileStore, manifest: Manifest): Promise<void> {
  for (const { key } of manifest.files) await store.write(key, await readFile(join(source, 'files', key)));
}
