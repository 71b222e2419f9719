import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readHolder, withLock } from './file-lock.ts';
import { LaunchError } from './launch-error.ts';
import { isRunning, ownMark } from './process-mark.ts';
import type { Config } from '#lib/server/platform/config.ts';
import { startEmbedded, type EmbeddedServer } from '#lib/server/platform/embedded-postgres.ts';

/** Oldest server that works: the schema uses uuidv7(), new in 18. */
const OLDEST_MAJOR = 18;
const NAME = 'gwangmaek';

/** The database that a start or a command works with. */
export interface DatabaseHandle {
  url: string;
  /** For the step line, such as `PostgreSQL 18.4, embedded in /srv/gm`. */
  label: string;
  /** Starts the embedded server again when it is gone; true when it was. */
  revive(): Promise<boolean>;
  /** Gives it back; the embedded server stops when nobody else uses it. */
  release(): Promise<void>;
}

/** Opens DATABASE_URL, or the embedded server of DATA_DIR. Throws when it does not answer or does not fit. */
export async function openDatabase(config: Config): Promise<DatabaseHandle> {
  if (config.databaseUrl !== null) {
    const version = await inspect(config.databaseUrl);
    return {
      url: config.databaseUrl,
      label: `PostgreSQL ${version}, ${placeOf(config.databaseUrl)}`,
      revive: () => Promise.resolve(false),
      release: () => Promise.resolve(),
    };
  }
  return openEmbedded(config.dataDir);
}

async function openEmbedded(dataDir: string): Promise<DatabaseHandle> {
  const locks = join(dataDir, 'locks');
  const users = join(locks, 'database-users');
  const mutex = join(locks, 'database.json');
  const own = join(users, `${process.pid}.json`);
  mkdirSync(users, { recursive: true });

  let server: EmbeddedServer = await withLock(mutex, async () => {
    const started = await startEmbedded({ dataDir });
    writeFileSync(own, JSON.stringify(ownMark()));
    return started;
  });
  let released: Promise<void> | undefined;
  const release = () =>
    (released ??= withLock(mutex, async () => {
      rmSync(own, { force: true });
      if (!hasUsers(users)) await server.stop();
    }));
  const url = server.url(NAME);
  try {
    await createDatabase(server.url('postgres'));
    const version = await inspect(url);
    const found = server.reused ? ', was running already' : '';
    return {
      url,
      label: `PostgreSQL ${version}, embedded in ${dataDir}${found}`,
      async revive() {
        if (isAlive(server.pid)) return false;
        server = await withLock(mutex, () => startEmbedded({ dataDir }));
        return true;
      },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Whether another living process uses the server; marks of dead ones are removed. */
function hasUsers(folder: string): boolean {
  let found = false;
  for (const name of readdirSync(folder)) {
    const holder = readHolder(join(folder, name));
    if (holder && isRunning(holder)) found = true;
    else rmSync(join(folder, name), { force: true });
  }
  return found;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
    if (rowCount === 0) await client.query(`create database ${NAME}`);
  } finally {
    await client.end();
  }
}

/** Checks that the server answers and fits; returns its version. Leaves nothing behind. */
async function inspect(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new LaunchError(
      `The database ${placeOf(url)} cannot be reached: ${reasonOf(error)}.\n` +
        'Check that the server runs and that DATABASE_URL is right; without DATABASE_URL an embedded server is used.',
    );
  }
  try {
    const { rows } = await client.query<{ number: number; version: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
    );
    const version = rows[0]?.version.split(' ')[0] ?? '';
    if ((rows[0]?.number ?? 0) < OLDEST_MAJOR * 10_000) {
      throw new LaunchError(
        `The database ${placeOf(url)} is PostgreSQL ${version}, which is too old: ${OLDEST_MAJOR} or later is needed.`,
      );
    }
    await requireHangulTrigrams(client, url);
    return version;
  } finally {
    await client.end();
  }
}

/** With lc_ctype `C` pg_trgm takes Hangul for punctuation and every search for it finds nothing. */
async function requireHangulTrigrams(client: pg.Client, url: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query('create extension if not exists pg_trgm');
    const { rows } = await client.query<{ sees: boolean }>(`select show_trgm('니켈') <> '{}' as sees`);
    if (rows[0]?.sees) return;
  } catch (error) {
    throw new LaunchError(
      `The database ${placeOf(url)} has no extension pg_trgm, or this user may not create it: ${reasonOf(error)}.`,
    );
  } finally {
    await client.query('rollback');
  }
  throw new LaunchError(
    `The database ${placeOf(url)} does not see Korean letters (show_trgm('니켈') is empty), so search would find nothing.\n` +
      `Create it again with a UTF-8 character type: create database ${NAME} template template0 encoding 'UTF8' lc_ctype 'C.UTF-8' lc_collate 'C.UTF-8'.`,
  );
}

/** Host, port and name of a database, never its user or password. */
function placeOf(url: string): string {
  const parsed = new URL(url);
  const host = decodeURIComponent(parsed.hostname) || 'localhost';
  return `${host}${parsed.port ? `:${parsed.port}` : ''}${parsed.pathname}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
}
