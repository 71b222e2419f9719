import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger, runOnce } from 'graphile-worker';
import pg from 'pg';
import { load, type LoadName } from '../../src/cli/launcher/load.ts';
import { quietIo } from './quiet-io.ts';
import { connect, type Connection } from '#lib/server/platform/db.ts';
import { findEmbedded, startEmbedded, type EmbeddedServer } from '#lib/server/platform/embedded-postgres.ts';
import { taskList } from '#lib/server/platform/jobs.ts';
import { migrateToLatest } from '#lib/server/platform/migrate.ts';

/** Speed over safety: a test's database need not survive a power cut. */
const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

const PREFIX = 'gm-test-';

export interface TestServer {
  /** Address of the `postgres` database, from which copies of the template are made. */
  adminUrl: string;
  stop(): Promise<void>;
}

/** One PostgreSQL for a run, with a migrated and filled template database that each test file copies. */
export async function startTestServer(template: string, loads: LoadName[]): Promise<TestServer> {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const server = await startEmbedded({ dataDir, settings: THROWAWAY, throwaway: true });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server, template, loads);
  } catch (error) {
    await stop();
    throw error;
  }
  return { adminUrl: server.url('postgres'), stop };
}

/** Removes the servers of runs that were killed before they could clean up. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!pid || isAlive(pid)) continue;
    const dataDir = join(tmpdir(), name);
    await (await findEmbedded(dataDir))?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function makeTemplate(server: EmbeddedServer, template: string, loads: LoadName[]): Promise<void> {
  await administer(server.url('postgres'), `create database ${template}`);
  const connection = connect(server.url(template));
  try {
    await migrateToLatest(connection);
    for (const name of loads) await load(name, connection, quietIo());
    await finishJobs(connection);
  } finally {
    await connection.close();
  }
}

/** Does what the loading left to the worker, such as search documents: once here instead of in every copy. */
async function finishJobs({ db, pool }: Connection): Promise<void> {
  const io = quietIo();
  await runOnce({
    pgPool: pool,
    taskList: taskList({ db, now: io.now, log: io.log }),
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  });
}

/** Runs one statement on its own connection. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
