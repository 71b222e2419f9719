import { sql } from 'kysely';
import { Meilisearch } from 'meilisearch';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCommandLine, wholeNumber, type Command, type CommandIo } from '../../src/cli/command.ts';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { startMeili, type MeiliProcess } from '../support/meili-process.ts';
import { startScriptedMeili } from '../support/scripted-meili.ts';
import { benchDatabase, type BenchDatabase } from './support/database.ts';
import { oneByOne, requireOk, steadyLoad, type Shot } from './support/load.ts';
import { loadSameDocuments, recordRequests, timeRequests } from './support/meili-peers.ts';
import { MIXED_QUERIES } from './support/queries.ts';
import { print, report, row, type Row } from './support/report.ts';
import { startServer } from './support/server.ts';
import { summarise } from './support/stats.ts';
import { INDEX_KINDS } from '#lib/domain/search/document.ts';
import { rebuildIn } from '#lib/server/search/index-job.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine } from '#lib/server/search/meili.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';
import { countSources, drawVersion, idsAfter } from '#lib/server/search/source-queries.ts';

const HELP = `
Usage: npm run bench -- search-server [--size N] [--json]

The part of "search" that needs a search server, and that server killed in the middle of a steady load. Each figure
stands beside two peers: the server by itself with what our engine sends (the same documents and settings in plain
batches, the same search requests, both made ready beforehand), which shows our own share; and a plain index of
names, text and facets, as one would set it up without our analyser, which finds less. The target is about the first.
Searches are measured twice: queries whose answer is not remembered, and queries asked before, whose answer is
remembered until the index changes.
Without a meilisearch on the PATH only the killed server, one that is played, is measured.
`;

const ROUNDS = 3;
const LIMIT = 20;
const KILL = { rate: 50, seconds: 20, afterMs: 7000 };
const TARGET = { httpMs: 40, httpRatio: 1.25, rebuildRatio: 1.3, rebuildPostgresMs: 90_000, killedMs: 300 };
const PEER = 'plain_company';
const PEER_BATCH = 4000;
const FACETS = ['mineral', 'capability', 'stage', 'size', 'status'];
const SCRIPTED_KEEPS = 5;

export const command: Command = {
  name: 'search-server',
  summary: 'Search with a search server: rebuild, HTTP beside the bare server, the server killed under load',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, {
      json: { type: 'boolean', default: false },
      size: { type: 'string', default: '100000' },
    });
    const size = wholeNumber('--size', values.size, 100, 1_000_000);
    await ensureBuilt();
    const database = await benchDatabase(`scale_${size}`, [['reference'], ['--scale', String(size)]], io);
    try {
      const { rows, version } = await serverRows(database, size, io);
      print(await report('search-server', database.pool, rows, version), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await database.close();
    }
  },
};

/** The rows, and the version of the server that was measured; null when none was there. */
export async function serverRows(
  database: BenchDatabase,
  size: number,
  io: CommandIo,
): Promise<{ rows: Row[]; version: string | null }> {
  const server = await startMeili();
  if (server === null) {
    io.err('  No meilisearch on the PATH: only the fall-back is measured, against a server that is played.');
    return { rows: await scriptedFallback(database, io), version: null };
  }
  try {
    const rows = [
      ...(await rebuilds(database, server, size, io)),
      ...(await searches(database, server, size, io)),
    ];
    return { rows, version: server.version };
  } finally {
    await server.stop();
  }
}

/** Both engines from the tables, beside plain documents put into the same server in bulk. */
async function rebuilds(
  database: BenchDatabase,
  server: MeiliProcess,
  size: number,
  io: CommandIo,
): Promise<Row[]> {
  const { db } = database;
  io.err('  … the server’s own bulk load of plain documents');
  const plain = await bulkLoad(database, server);
  io.err('  … the server’s own bulk load of the same documents');
  const same = await loadSameDocuments(db, server);
  io.err('  … rebuild on Meilisearch');
  const meili = createMeiliEngine(server);
  const ours = await timed(() => rebuildIn(db, 'meilisearch', meili, 'company'));
  for (const kind of INDEX_KINDS) if (kind !== 'company') await rebuildIn(db, 'meilisearch', meili, kind);
  io.err('  … rebuild on PostgreSQL');
  const own = await timed(() =>
    rebuildIn(db, 'postgres', new PostgresSearch(db, lexicon(), null), 'company'),
  );
  return [
    row({
      name: `full rebuild on Meilisearch, ${size} companies`,
      value: ours,
      n: 1,
      peer: { name: 'its own bulk load of the same documents with the same settings', value: same },
      target: { is: '<=', than: Math.round(same * TARGET.rebuildRatio) },
    }),
    row({
      name: `full rebuild on Meilisearch, ${size} companies, beside plain documents`,
      value: ours,
      n: 1,
      peer: { name: 'its own bulk load of names, text and facets', value: plain },
    }),
    row({
      name: `full rebuild on PostgreSQL, ${size} companies`,
      value: own,
      n: 1,
      peer: { name: 'Meilisearch’s bulk load of the same documents', value: same },
      target: { is: '<=', than: TARGET.rebuildPostgresMs },
    }),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Companies as one would put them into the server without our analyser: names, text and facets, settings first. */
async function bulkLoad({ db }: BenchDatabase, { url, key }: MeiliProcess): Promise<number> {
  const { rows } = await sql<Record<string, unknown>>`
    select o.id, o.name_ko, o.name_en, o.standing as status, c.size, 'public' as visibility,
      concat_ws(' ', c.summary_ko, c.summary_en) as text,
      array(select distinct capability from company_capability where organisation_id = o.id) as capability,
      array(select distinct m from company_capability k, unnest(k.minerals) m where k.organisation_id = o.id) as mineral,
      array(select distinct stage from company_capability k join capability b on b.id = k.capability
        where k.organisation_id = o.id) as stage
    from organisation o join company c on c.organisation_id = o.id where c.published_at is not null`.execute(
    db,
  );
  const client = new Meilisearch({ host: url, apiKey: key });
  const index = client.index(PEER);
  return await timed(async () => {
    await client.createIndex(PEER, { primaryKey: 'id' }).waitTask({ timeout: 600_000 });
    await index
      .updateSettings({
        searchableAttributes: ['name_ko', 'name_en', 'capability', 'mineral', 'text'],
        filterableAttributes: [...FACETS, 'visibility'],
      })
      .waitTask({ timeout: 600_000 });
    for (let i = 0; i < rows.length; i += PEER_BATCH) {
      const last = i + PEER_BATCH >= rows.length;
      const task = index.addDocuments(rows.slice(i, i + PEER_BATCH));
      await (last ? task.waitTask({ timeout: 1_200_000 }) : task);
    }
  });
}

async function searches(
  database: BenchDatabase,
  server: MeiliProcess,
  size: number,
  io: CommandIo,
): Promise<Row[]> {
  const { url, key } = server;
  const env = { DATABASE_URL: database.url, MEILI_URL: url, MEILI_KEY: key, ...ADDRESS };
  const ours = await startServer('src/cli/launcher/web.ts', env, '/readyz');
  try {
    await untilServerAnswers(ours.origin);
    const overHttp = await besideDirect(database, ours.origin, server, size, io);
    io.err('  … the server killed under load');
    return [...overHttp, ...(await killedUnderLoad(ours.origin, () => server.kill(), io))];
  } finally {
    await ours.stop();
  }
}

/** Many readers: the interface for programs counts what each address asks. */
const ADDRESS = { ADDRESS_HEADER: 'x-reader' };
const readers = (n: number) => ({ 'x-reader': `192.0.2.${n % 250}` });

const ourUrl =
  (origin: string, limit: (n: number) => number = () => LIMIT) =>
  (n: number) =>
    `${origin}/api/v1/companies?limit=${limit(n)}&q=${encodeURIComponent(MIXED_QUERIES[n % MIXED_QUERIES.length] ?? '')}`;

/** Pages of another length are other answers: nothing of them is remembered yet, whatever was asked before. */
const anew = (origin: string, round: number) => ourUrl(origin, () => LIMIT + round);

async function besideDirect(
  { db }: BenchDatabase,
  origin: string,
  server: MeiliProcess,
  size: number,
  io: CommandIo,
): Promise<Row[]> {
  const { url, key } = server;
  const direct = (n: number) => {
    const query = new URLSearchParams({
      q: MIXED_QUERIES[n % MIXED_QUERIES.length] ?? '',
      limit: String(LIMIT),
    });
    query.set('facets', FACETS.join(','));
    query.set('filter', 'visibility = public');
    return `${url}/indexes/${PEER}/search?${query}`;
  };
  const headers = { authorization: `Bearer ${key}` };
  const recorded = await recordRequests(db, server, MIXED_QUERIES);
  await timeRequests(server, recorded);
  await oneByOne(MIXED_QUERIES.length, direct, headers);
  await oneByOne(MIXED_QUERIES.length, ourUrl(origin), readers);
  const before = await fellBack(origin);
  const [first, again, plain]: [Shot[], Shot[], Shot[]] = [[], [], []];
  const same: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    io.err(`  … over HTTP and directly, round ${round} of ${ROUNDS}`);
    io.signal.throwIfAborted();
    plain.push(...(await oneByOne(MIXED_QUERIES.length, direct, headers)));
    same.push(...(await timeRequests(server, recorded)));
    first.push(...(await oneByOne(MIXED_QUERIES.length, anew(origin, round), readers)));
    again.push(...(await oneByOne(MIXED_QUERIES.length, anew(origin, round), readers)));
  }
  requireOk(plain, 'the server');
  requireOk([...first, ...again], 'search');
  const instead = (await fellBack(origin)) - before;
  const [straight, bare] = [summarise(same), summarise(plain.map(({ ms }) => ms))];
  const than = Math.min(TARGET.httpMs, Math.round(straight.p95 * TARGET.httpRatio * 10) / 10);
  const beside = (shots: readonly Shot[], what: string) => {
    const summary = summarise(shots.map(({ ms }) => ms));
    const name = `companies over HTTP on Meilisearch p95, ${size} companies, ${what}`;
    return [
      row({
        name: `${name} (${instead} answered by PostgreSQL)`,
        ...{ value: summary.p95, summary, target: { is: '<=', than } },
        peer: { name: 'the engine’s own requests sent straight to the server', value: straight.p95 },
      }),
      row({
        name: `${name}, beside a plain index`,
        ...{ value: summary.p95, n: summary.n },
        peer: { name: 'a plain index of names, text and facets asked with q', value: bare.p95 },
      }),
    ];
  };
  return [
    ...beside(first, 'each query for the first time'),
    ...beside(again, 'queries asked before'),
    row({
      name: 'the engine’s own requests sent straight to the server, p95',
      value: straight.p95,
      summary: straight,
    }),
    row({ name: 'a plain index asked with q, p95', value: bare.p95, summary: bare }),
  ];
}

/** A steady load in whose middle the server dies: how many requests failed, and how long they took. */
async function killedUnderLoad(origin: string, kill: () => unknown, io: CommandIo): Promise<Row[]> {
  const before = await fellBack(origin);
  // Remembered answers would not need the server: each request is one that was not made before.
  const url = ourUrl(origin, (n) => LIMIT + ROUNDS + 1 + Math.floor(n / MIXED_QUERIES.length));
  const load = steadyLoad({ ...KILL, url, headers: readers, signal: io.signal });
  await sleep(KILL.afterMs);
  if ((await fellBack(origin)) - before > (KILL.rate * KILL.afterMs) / 10_000)
    io.err('    The server was not answering before it was killed.');
  kill();
  const shots = await load;
  const failed = shots.filter(({ status }) => status !== 200).length;
  const summary = summarise(shots.map(({ ms }) => ms));
  const what = `server killed under ${KILL.rate} requests/s`;
  return [
    row({
      name: `${what}: failed requests`,
      unit: '',
      value: failed,
      n: shots.length,
      target: { is: '<=', than: 0 },
    }),
    row({ name: `${what}: p99`, value: summary.p99, summary, target: { is: '<=', than: TARGET.killedMs } }),
  ];
}

/** Searches that PostgreSQL answered in place of the server so far. */
async function fellBack(origin: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const lines = text.match(/^gwangmaek_search_fallbacks_total\{[^}]*\} \d+/gmu) ?? [];
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function untilServerAnswers(origin: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const text = await (await fetch(`${origin}/metrics`)).text();
    if (text.includes('gwangmaek_search_breaker_state{state="closed"} 1')) return;
    await sleep(100);
  }
  throw new Error('The search server was never found to be in order.');
}

/** The fall-back alone, with a server that is played. It holds some documents and claims all. */
async function scriptedFallback({ db, url }: BenchDatabase, io: CommandIo): Promise<Row[]> {
  const server = await startScriptedMeili();
  const engine = createMeiliEngine({ url: server.url, key: null });
  for (const kind of INDEX_KINDS) {
    const ids = await idsAfter(db, kind, '', SCRIPTED_KEEPS);
    const documents = await documentsOf(db, lexicon(), kind, ids, await drawVersion(db));
    await engine.rebuild(kind, once(documents));
    server.claim(`gwangmaek_${kind}`, await countSources(db, kind));
  }
  const ours = await startServer(
    'src/cli/launcher/web.ts',
    { DATABASE_URL: url, MEILI_URL: server.url, ...ADDRESS },
    '/readyz',
  );
  try {
    await untilServerAnswers(ours.origin);
    await oneByOne(MIXED_QUERIES.length, ourUrl(ours.origin), readers);
    return await killedUnderLoad(ours.origin, () => server.become('refuses'), io);
  } finally {
    await ours.stop();
    await server.stop();
  }
}

async function* once<T>(one: T): AsyncGenerator<T> {
  yield await Promise.resolve(one);
}
