import { setTimeout as sleep } from 'node:timers/promises';
import { parseCommandLine, wholeNumber, type Command, type CommandIo } from '../../src/cli/command.ts';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { startMeili, type MeiliProcess } from '../support/meili-process.ts';
import { startScriptedMeili } from '../support/scripted-meili.ts';
import { processorMeter } from './support/cpu.ts';
import { benchDatabase, type BenchDatabase } from './support/database.ts';
import { oneAtATime, oneByOne, steadyLoad } from './support/load.ts';
import { loadSameDocuments, recordRequests, straightTo } from './support/meili-peers.ts';
import { loadPlain, plainUrl } from './support/meili-plain.ts';
import { MIXED_QUERIES } from './support/queries.ts';
import { print, report, row, type Row } from './support/report.ts';
import { startServer, type RunningServer } from './support/server.ts';
import { summarise, type Summary } from './support/stats.ts';
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
batches, the same search requests, those sent at once together, both made ready beforehand), which shows our own
share; and the same query sent straight to a careful index without our analyser (names, tags, texts; the facets,
filter and fields of our answer), which finds less. Both ways and both peers are asked in turn, one query after the
other. Searches are measured twice: queries whose answer is not remembered, and queries asked before, whose answer is
remembered until the index changes. Processor time is that of our web process and of the search server.
Without a meilisearch on the PATH only the killed server, one that is played, is measured.
`;

const ROUNDS = 3;
const LIMIT = 20;
const KILL = { rate: 50, seconds: 20, afterMs: 7000 };
const TARGET = { httpMs: 40, httpRatio: 1.25, rebuildRatio: 1.3, rebuildPostgresMs: 90_000, killedMs: 300 };
const SCRIPTED_KEEPS = 5;
/** In turn: whoever asks second finds what the server has just read. */
const ORDERS = [
  ['plain', 'first', 'straight', 'again'],
  ['straight', 'plain', 'first', 'again'],
] as const;

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
  const plain = await loadPlain(db, server);
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
    const overHttp = await besideDirect(database, ours, server, size, io);
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
  ours: RunningServer,
  server: MeiliProcess,
  size: number,
  io: CommandIo,
): Promise<Row[]> {
  io.err('  … the requests of the engine');
  const recorded = await recordRequests(db, server, MIXED_QUERIES);
  const [straight, web] = [straightTo(server), oneAtATime()];
  const meters = {
    first: processorMeter([ours.pid, server.pid]),
    straight: processorMeter([ours.pid, server.pid]),
  };
  const times = {
    first: [] as number[],
    again: [] as number[],
    straight: [] as number[],
    plain: [] as number[],
  };
  const headers = { authorization: `Bearer ${server.key}` };
  const ways = {
    first: (n: number, round: number) =>
      meters.first.during(() => web.shoot(anew(ours.origin, round)(n), readers(n))),
    straight: (n: number) => meters.straight.during(() => timed(() => straight.ask(recorded[n] ?? []))),
    again: (n: number, round: number) => web.shoot(anew(ours.origin, round)(n), readers(n)),
    plain: (n: number) => web.shoot(plainUrl(server, MIXED_QUERIES[n] ?? '', LIMIT), headers),
  };
  let instead = 0;
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    io.err(`  … over HTTP and directly in turn, round ${round} of ${ROUNDS}`);
    if (round === 1) instead = await fellBack(ours.origin);
    for (let n = 0; n < MIXED_QUERIES.length; n += 1) {
      io.signal.throwIfAborted();
      for (const way of ORDERS[(n + round) % 2] ?? []) {
        const ms = await ways[way](n, round);
        if (round > 0) times[way].push(ms);
      }
    }
  }
  instead = (await fellBack(ours.origin)) - instead;
  straight.close();
  web.close();
  const [bare, plain] = [summarise(times.straight), summarise(times.plain)];
  const beside = (way: 'first' | 'again', what: string) => {
    const summary = summarise(times[way]);
    const name = `companies over HTTP on Meilisearch p95, ${size} companies, ${what}`;
    const peers = [
      { name: 'the engine’s own requests sent straight to the server', value: bare.p95 },
      { name: 'the query sent straight to a careful index without our analyser', value: plain.p95 },
    ];
    return peers.map((peer, i) => {
      const than = Math.min(TARGET.httpMs, Math.round(peer.value * TARGET.httpRatio * 10) / 10);
      return row({
        name: i === 0 ? `${name} (${instead} answered by PostgreSQL)` : name,
        ...{ value: summary.p95, summary, peer, target: { is: '<=', than } },
      });
    });
  };
  return [
    ...beside('first', 'each query for the first time'),
    ...beside('again', 'queries asked before'),
    row({
      name: 'the engine’s own requests sent straight to the server, p95',
      value: bare.p95,
      summary: bare,
    }),
    row({ name: 'a careful index asked with q, p95', value: plain.p95, summary: plain }),
    row({
      name: `companies over HTTP, each query for the first time, best of ${ROUNDS} rounds, p95`,
      value: bestOf(times.first).p95,
      summary: bestOf(times.first),
      peer: { name: 'likewise its own requests sent straight', value: bestOf(times.straight).p95 },
    }),
    row({
      name: `companies over HTTP, each query for the first time, best of ${ROUNDS} rounds beside a careful index, p95`,
      value: bestOf(times.first).p95,
      n: MIXED_QUERIES.length,
      peer: { name: 'likewise the query sent straight', value: bestOf(times.plain).p95 },
    }),
    ...processorRows('a query for the first time', meters.first.means()),
    ...processorRows('its requests sent straight', meters.straight.means()),
  ];
}

/** Each query at its best round: what other work on the machine adds is mostly left out. */
function bestOf(times: readonly number[]): Summary {
  const queries = MIXED_QUERIES.length;
  return summarise(MIXED_QUERIES.map((_, n) => Math.min(...times.filter((_ms, i) => i % queries === n))));
}

/** Mean processor time of what was metered: of our web process, beside that of the server. */
function processorRows(what: string, means: readonly number[] | null): Row[] {
  if (means === null) return [];
  const [web = 0, server = 0] = means;
  return [
    row({
      name: `processor time of ${what}: the web process, mean`,
      value: web,
      peer: { name: 'the search server', value: server },
    }),
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
  for (let tries = 0; tries < 1200; tries += 1) {
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
