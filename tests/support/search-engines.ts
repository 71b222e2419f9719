import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Meilisearch } from 'meilisearch';
import { createDatabase } from './postgres.ts';
import { config, environmentWith } from '#lib/server/platform/config.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine, type MeiliEngine } from '#lib/server/search/meili.ts';
import type { SearchEngine } from '#lib/server/search/port.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';

/** The engines that the contract is checked on: PostgreSQL always, Meilisearch where there is a server. */

export interface OpenEngine<E extends SearchEngine = SearchEngine> {
  engine: E;
  close(): Promise<void>;
}

export interface EngineUnderTest {
  name: 'postgres' | 'meilisearch';
  open(): Promise<OpenEngine>;
}

export interface MeiliServer {
  url: string;
  key: string | null;
  stop(): Promise<void>;
}

async function onPath(program: string): Promise<string | null> {
  for (const folder of (environmentWith({}).PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error()),
      );
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  await new Promise((done) => child.once('exit', done));
}

/** A server of one's own, its data in a temporary folder, or null when there is no `meilisearch` on the PATH. */
async function startOwn(): Promise<MeiliServer | null> {
  const program = await onPath('meilisearch');
  if (program === null) return null;
  const folder = await mkdtemp(join(tmpdir(), 'gm-meili-'));
  const key = randomBytes(18).toString('hex');
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    program,
    [
      ...['--no-analytics', '--master-key', key, '--http-addr', url.slice('http://'.length)],
      ...['--db-path', join(folder, 'db'), '--dump-dir', join(folder, 'dumps')],
      ...['--snapshot-dir', join(folder, 'snapshots'), '--log-level', 'ERROR'],
    ],
    { stdio: 'ignore', cwd: folder },
  );
  const client = new Meilisearch({ host: url, apiKey: key });
  for (let i = 0; i < 200 && !(await client.isHealthy()); i++) await sleep(50);
  return {
    ...{ url, key },
    async stop() {
      child.kill();
      await ended(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The server of MEILI_URL, else one started here from the PATH; null when there is neither. */
export async function meiliServer(): Promise<MeiliServer | null> {
  const { meili } = config();
  if (meili === null) return await startOwn();
  return { ...meili, stop: () => Promise.resolve() };
}

/** Engine options under a prefix that no other test uses, so that many tests share a server. */
export function ownPrefix(): string {
  return `gmtest${randomBytes(5).toString('hex')}`;
}

async function openPostgres(): Promise<OpenEngine> {
  const database = await createDatabase();
  return { engine: new PostgresSearch(database.db, lexicon()), close: () => database.drop() };
}

/** A Meilisearch engine with empty indexes of its own. */
export async function openMeili(server: MeiliServer): Promise<OpenEngine<MeiliEngine>> {
  const prefix = ownPrefix();
  const engine = createMeiliEngine({
    url: server.url,
    key: server.key,
    prefix,
    timeouts: { queryMs: 10_000 },
  });
  async function* none(): AsyncGenerator<never[]> {
    yield await Promise.resolve([]);
  }
  for (const kind of ['company', 'opportunity', 'project'] as const) await engine.rebuild(kind, none());
  return { engine, close: () => engine.drop() };
}

/** Every engine that can be checked here. */
export function enginesUnderTest(server: MeiliServer | null): EngineUnderTest[] {
  const meili = server === null ? [] : [{ name: 'meilisearch' as const, open: () => openMeili(server) }];
  return [{ name: 'postgres', open: openPostgres }, ...meili];
}
