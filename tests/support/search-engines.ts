import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { startMeili } from './meili-process.ts';
import { createDatabase } from './postgres.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine, type MeiliEngine } from '#lib/server/search/meili.ts';
import type { SearchEngine } from '#lib/server/search/port.ts';
import { Held } from '#lib/server/search/held.ts';
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

/** The server of MEILI_URL, else one started here from the PATH; null when there is neither. */
export async function meiliServer(): Promise<MeiliServer | null> {
  const given = inject('meili');
  return given === null ? await startMeili() : { ...given, stop: () => Promise.resolve() };
}

/** Engine options under a prefix that no other test uses, so that many tests share a server. */
export function ownPrefix(): string {
  return `gmtest${randomBytes(5).toString('hex')}`;
}

async function openPostgres(): Promise<OpenEngine> {
  const database = await createDatabase();
  return {
    engine: new PostgresSearch(database.db, lexicon(), new Held(database.db)),
    close: () => database.drop(),
  };
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
