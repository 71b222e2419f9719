import { parseCommandLine, wholeNumber, type Command, type CommandIo } from '../../src/cli/command.ts';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { firstTimeRows, substringRows, tailRow, warmUp } from './support/search-postgres.ts';
import { savedSearchRows } from './support/search-percolate.ts';
import { serverRows } from './search-server.ts';
import { benchDatabase, type BenchDatabase } from './support/database.ts';
import { oneByOne, requireOk, type Shot } from './support/load.ts';
import { MIXED_QUERIES } from './support/queries.ts';
import { print, report, row, type Row } from './support/report.ts';
import { startServer } from './support/server.ts';
import { summarise, type Summary } from './support/stats.ts';

const HELP = `
Usage: npm run bench -- search [--size N] [--json]

Company search over HTTP with N made-up companies (100,000 unless said otherwise), 200 mixed queries, beside the
straightforward ILIKE query on a pg_trgm index in the same run. Each query once for the first time, then three
rounds in which answers are remembered; words and opportunities asked for the first time; two syllables inside the
words of a million rows, beside LIKE; one changed opportunity against a million saved searches. Filling the databases of the bench takes minutes at the first run. With a meilisearch on the PATH also what "search-server" measures.
`;

const ROUNDS = 3;
const TARGET_P95_MS = 30;

export const command: Command = {
  name: 'search',
  summary: 'Company search over HTTP, beside ILIKE with pg_trgm',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, {
      json: { type: 'boolean', default: false },
      size: { type: 'string', default: '100000' },
    });
    const size = wholeNumber('--size', values.size, 100, 1_000_000);
    await ensureBuilt();
    const database = await benchDatabase(`scale_${size}`, [['reference'], ['--scale', String(size)]], io);
    await preparePeer(database, io);
    const ours = await startServer('src/cli/launcher/web.ts', { DATABASE_URL: database.url }, '/readyz');
    try {
      const own = await measure(ours.origin, database, size, io);
      const server = await serverRows(database, size, io);
      const rows = [
        ...own,
        ...(await substringRows(io)),
        ...(await savedSearchRows(database, io)),
        ...server.rows,
      ];
      print(await report('search', database.pool, rows, server.version), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await ours.stop();
      await database.close();
    }
  },
};

async function measure(origin: string, database: BenchDatabase, size: number, io: CommandIo): Promise<Row[]> {
  const url = (n: number) =>
    `${origin}/api/v1/companies?limit=20&q=${encodeURIComponent(MIXED_QUERIES[n % MIXED_QUERIES.length] ?? '')}`;
  await warmUp(origin);
  const first = await oneByOne(MIXED_QUERIES.length, url);
  requireOk(first, 'search');
  const cold = summarise(first.map(({ ms }) => ms));
  const shots: Shot[] = [];
  const peerMs: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    io.err(`  … round ${round} of ${ROUNDS}`);
    io.signal.throwIfAborted();
    shots.push(...(await oneByOne(MIXED_QUERIES.length, url)));
    for (const query of MIXED_QUERIES) peerMs.push(await peerQuery(database, query));
  }
  requireOk(shots, 'search');
  const summary = summarise(shots.map(({ ms }) => ms));
  const peer = summarise(peerMs);
  const suggest = await suggestions(origin);
  const firsts = await firstTimeRows(origin);
  return [
    row({
      name: `companies over HTTP p95, ${size} companies`,
      value: summary.p95,
      summary,
      peer: { name: 'ILIKE + pg_trgm, SQL alone', value: peer.p95 },
      target: { is: '<=', than: TARGET_P95_MS },
    }),
    row({
      name: 'the same, each query for the first time, p95',
      value: cold.p95,
      summary: cold,
      peer: { name: 'ILIKE + pg_trgm, SQL alone', value: peer.p95 },
      target: { is: '<=', than: TARGET_P95_MS },
    }),
    tailRow(cold),
    ...firsts,
    row({
      name: 'suggestions over HTTP p95',
      value: suggest.p95,
      summary: suggest,
      target: { is: '<=', than: 15 },
    }),
  ];
}

/** What is typed letter by letter: the first two to four letters of each query. */
async function suggestions(origin: string): Promise<Summary> {
  const typed = MIXED_QUERIES.flatMap((query) => [query.slice(0, 2), query.slice(0, 3), query.slice(0, 4)]);
  const url = (n: number) =>
    `${origin}/api/v1/suggest?q=${encodeURIComponent(typed[n % typed.length] ?? '')}`;
  await oneByOne(100, url);
  const shots = await oneByOne(typed.length, url);
  requireOk(shots, 'suggestions');
  return summarise(shots.map(({ ms }) => ms));
}

/** The peer's table: all words of a company in one column, with the index one would reach for first. */
async function preparePeer({ pool }: BenchDatabase, io: CommandIo): Promise<void> {
  const there = await pool.query<{ there: boolean }>(`select to_regclass('bench_peer') is not null as there`);
  if (there.rows[0]?.there === true) return;
  io.err('  … the peer’s table and index');
  await pool.query(`create table bench_peer as
    select o.id, concat_ws(' ', o.name_ko, o.name_en, c.summary_ko, c.summary_en,
      (select string_agg(k.capability || ' ' || array_to_string(k.minerals, ' '), ' ')
       from company_capability k where k.organisation_id = o.id)) as text
    from organisation o join company c on c.organisation_id = o.id where c.published_at is not null`);
  await pool.query('create index on bench_peer using gin (text gin_trgm_ops)');
  await pool.query('analyze bench_peer');
}

async function peerQuery({ pool }: BenchDatabase, query: string): Promise<number> {
  const pattern = `%${query.replace(/[\\%_]/gu, '\\$&')}%`;
  const began = performance.now();
  await pool.query(
    'select id, count(*) over () as total from bench_peer where text ilike $1 order by similarity(text, $2) desc, id limit 20',
    [pattern, query],
  );
  return performance.now() - began;
}
