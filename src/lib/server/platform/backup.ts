import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import type { Connection } from '#lib/server/platform/db.ts';
import { sync, syncTree } from '#lib/server/platform/durable.ts';
import type { FileStore } from '#lib/server/platform/file-store.ts';
import { appliedMigrations } from '#lib/server/platform/migrate.ts';

/**
 * A backup is a folder: `manifest.json`, one zstd file of COPY text a table, all from one snapshot, and the
 * uploaded files. The schema itself is not in it: the migrations make it.
 */

const tableEntry = z.strictObject({
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  /** SHA-256 of the uncompressed COPY text, hexadecimal. */
  sha256: z.string(),
});

export const MANIFEST = z.strictObject({
  format: z.literal('gwangmaek-backup-1'),
  createdAt: z.string(),
  server: z.string(),
  migrations: z.array(z.strictObject({ name: z.string(), sha256: z.string().nullable() })),
  tables: z.array(tableEntry),
  sequences: z.array(
    z.strictObject({ schema: z.string(), name: z.string(), value: z.number(), called: z.boolean() }),
  ),
  files: z.array(z.strictObject({ key: z.string(), sha256: z.string() })),
});

export type Manifest = z.infer<typeof MANIFEST>;
export type TableEntry = z.infer<typeof tableEntry>;

export interface BackupOptions {
  /** Folder to make; must not exist yet. */
  target: string;
  /** Where the uploaded files lie; null leaves them out. */
  files: FileStore | null;
  onTable?: (name: string, done: number, total: number) => void;
}

/** Bookkeeping that the migrations write by themselves. */
export const BOOKKEEPING = ['kysely_migration', 'kysely_migration_lock', 'migration_file'];

/** Every table with data of ours, the job queue's included, without generated columns. */
export const TABLES = `
  select n.nspname as schema, c.relname as table,
         array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker')
    and not (n.nspname = 'public' and c.relname = any ($1))
    and not (n.nspname = 'graphile_worker' and c.relname = 'migrations')
  group by 1, 2 order by 1, 2`;

const SEQUENCES = `
  select schemaname as schema, sequencename as name,
         coalesce(last_value, start_value) as value, last_value is not null as called
  from pg_sequences where schemaname in ('public', 'graphile_worker') order by 1, 2`;

/**
 * Writes a backup; nothing appears under the target's name before it is complete and would survive a power cut. Returns
 * its manifest and the keys of uploaded files that were not there or no longer what was uploaded: those are left out, or
 * nothing could be restored.
 */
export async function backUp(
  connection: Connection,
  options: BackupOptions,
): Promise<{ manifest: Manifest; missing: string[] }> {
  const unfinished = `${options.target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const first = await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const migrations = await appliedMigrations(connection.db);
  const client = await connection.pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows: tables } = await client.query<Omit<TableEntry, 'rows' | 'sha256'>>(TABLES, [BOOKKEEPING]);
    const entries: TableEntry[] = [];
    for (const table of tables) {
      options.onTable?.(`${table.schema}.${table.table}`, entries.length, tables.length);
      entries.push({ ...table, ...(await dumpTable(client, table, unfinished)) });
    }
    const { rows: sequences } = await client.query<Manifest['sequences'][number]>(SEQUENCES);
    const { rows: version } = await client.query<{ server_version: string }>('show server_version');
    const files =
      options.files === null
        ? { copied: [], missing: [] }
        : await copyFiles(client, options.files, unfinished);
    await client.query('commit');
    const manifest: Manifest = {
      format: 'gwangmaek-backup-1',
      createdAt: new Date().toISOString(),
      server: version[0]?.server_version ?? '',
      migrations: [...migrations].map(([name, sha256]) => ({ name, sha256 })),
      tables: entries,
      sequences,
      files: files.copied,
    };
    await writeFile(join(unfinished, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await syncTree(unfinished);
    await rename(unfinished, options.target);
    await syncNames(options.target, first ?? unfinished);
    return { manifest, missing: files.missing };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    // A connection inside a broken transaction is not lent out again.
    client.release(true);
  }
}

/** Makes the name of a backup durable, and those of the folders above it from the first that was made for it. */
async function syncNames(target: string, first: string): Promise<void> {
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    await sync(folder);
    if (folder === dirname(first)) return;
  }
}

/** Reads the manifest of a backup. Throws when there is none or it is not one of ours. */
export async function readManifest(folder: string): Promise<Manifest> {
  return MANIFEST.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function nameOf(table: { schema: string; table: string }): string {
  return `${quoted(table.schema)}.${quoted(table.table)}`;
}

export function dataFile(folder: string, table: { schema: string; table: string }): string {
  return join(folder, `${table.schema}.${table.table}.copy.zst`);
}

/** The uncompressed COPY text of a table. */
export function openData(folder: string, table: TableEntry): Readable {
  return createReadStream(dataFile(folder, table)).pipe(createZstdDecompress());
}

/** Passes bytes on and hashes them. */
export function hashing(hash: Hash): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      next(null, chunk);
    },
  });
}

async function dumpTable(
  client: pg.PoolClient,
  table: { schema: string; table: string; columns: string[] },
  folder: string,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  const columns = table.columns.map(quoted).join(', ');
  const source = client.query(copyTo(`copy (select ${columns} from ${nameOf(table)}) to stdout`));
  await pipeline(source, hashing(hash), createZstdCompress(), createWriteStream(dataFile(folder, table)));
  return { rows: source.rowCount, sha256: hash.digest('hex') };
}

async function copyFiles(client: pg.PoolClient, store: FileStore, folder: string) {
  const { rows } = await client.query<{ key: string; sha256: string }>(
    'select storage_key as key, sha256 from file order by storage_key',
  );
  const copied: Manifest['files'] = [];
  const missing: string[] = [];
  for (const row of rows) {
    const content = await store.read(row.key);
    if (content === null) {
      missing.push(row.key);
      continue;
    }
    const to = join(folder, 'files', row.key);
    await mkdir(dirname(to), { recursive: true });
    const hash = createHash('sha256');
    await pipeline(content.stream, hashing(hash), createWriteStream(to));
    if (hash.digest('hex') === row.sha256) copied.push(row);
    else {
      await rm(to);
      missing.push(row.key);
    }
  }
  return { copied, missing };
}
