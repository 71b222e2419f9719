import { createHash } from 'node:crypto';
import { promises as fs, readFileSync } from 'node:fs';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import { sql, type Kysely } from 'kysely';
import { FileMigrationProvider, Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import type { Connection } from '#lib/server/platform/db.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** The schema cannot be brought up to date; nothing was changed. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

export interface MigrateOptions {
  /** Folder of the migration files. */
  folder?: string;
  /** Name of the last migration to run; all when absent. */
  upTo?: string;
  /** Called with the name of each migration before it runs. */
  onStep?: (name: string) => void;
}

/** Relative to the working directory, which is the root of the clone for every process of ours. */
const FOLDER = 'migrations';

/**
 * Brings the schema up to date: the job queue's own tables, then ours, all of ours in one transaction.
 * Returns the names of the migrations that ran. Throws {@link MigrationError} when an applied migration
 * was edited, is unknown here, or one fails.
 */
export async function migrateToLatest(
  connection: Connection,
  options: MigrateOptions = {},
): Promise<string[]> {
  const folder = path.resolve(options.folder ?? FOLDER);
  const { db, pool } = connection;
  await refuseChangedHistory(db, folder);
  await runMigrations({ pgPool: pool });
  await sql`
    create table if not exists migration_file (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now());
    create table if not exists loaded_data (
      name text primary key, version text not null, loaded_at timestamptz not null default now())`.execute(
    db,
  );
  const migrator = new Migrator({ db, provider: recording(folder, options.onStep) });
  const { error, results = [] } = await (options.upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(options.upTo));
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error')?.migrationName;
    throw new MigrationError(
      `${failed ? `Migration ${failed} failed` : 'The migrations could not run'}; nothing was changed: ${messageOf(error)}`,
      { cause: error },
    );
  }
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** Names of migrations that have not run yet; empty when the schema is that of this version. */
export async function pendingMigrations(db: Kysely<Database>, folder = FOLDER): Promise<string[]> {
  const applied = await appliedMigrations(db);
  const files = await migrationFiles(path.resolve(folder));
  return files.filter((name) => !applied.has(name));
}

async function refuseChangedHistory(db: Kysely<Database>, folder: string): Promise<void> {
  const applied = await appliedMigrations(db);
  const files = new Set(await migrationFiles(folder));
  for (const [name, hash] of applied) {
    if (!files.has(name)) {
      throw new MigrationError(
        `The database has had migration ${name}, which this version does not know: it was used by a later version. ` +
          'Start that version, or use another database.',
      );
    }
    if (hash !== null && hash !== hashOf(folder, name)) {
      throw new MigrationError(
        `Migration ${name} was edited after it ran on this database. Migrations are frozen: restore ` +
          `${path.join(FOLDER, `${name}.ts`)} as it was, and put the change into a new migration.`,
      );
    }
  }
}

/** Whether the migrations of a backup are the first ones of this version, each with the very same content. */
export async function knowsMigrations(recorded: { name: string; sha256: string | null }[], folder = FOLDER) {
  const files = await migrationFiles(path.resolve(folder));
  return recorded.every(
    ({ name, sha256 }, index) =>
      files[index] === name && (sha256 === null || sha256 === hashOf(path.resolve(folder), name)),
  );
}

/** Applied migrations with the hash their file had; the hash is null when it was not recorded. */
export async function appliedMigrations(db: Kysely<Database>): Promise<Map<string, string | null>> {
  const { rows: tables } = await sql<{ migrations: boolean; hashes: boolean }>`
    select to_regclass('kysely_migration') is not null as migrations,
           to_regclass('migration_file') is not null as hashes`.execute(db);
  if (!tables[0]?.migrations) return new Map();
  const { rows } = tables[0].hashes
    ? await sql<{ name: string; sha256: string | null }>`
        select m.name, f.sha256 from kysely_migration m left join migration_file f using (name) order by m.name`.execute(
        db,
      )
    : await sql<{ name: string; sha256: string | null }>`
        select name, null as sha256 from kysely_migration order by name`.execute(db);
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

/** The files as migrations that also record their hash, in the same transaction. */
function recording(folder: string, onStep: MigrateOptions['onStep']): MigrationProvider {
  const files = new FileMigrationProvider({ fs, path, migrationFolder: folder });
  return {
    async getMigrations() {
      const found = Object.entries(await files.getMigrations());
      return Object.fromEntries(
        found.map(([name, migration]): [string, Migration] => [
          name,
          {
            async up(db: Kysely<unknown>) {
              onStep?.(name);
              await migration.up(db);
              await sql`insert into migration_file (name, sha256) values (${name}, ${hashOf(folder, name)})`.execute(
                db,
              );
            },
          },
        ]),
      );
    },
  };
}

async function migrationFiles(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder);
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => name.slice(0, -3))
    .sort();
}

function hashOf(folder: string, name: string): string {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, `${name}.ts`)))
    .digest('hex');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
