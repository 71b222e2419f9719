import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { CommandIo } from '../../../src/cli/command.ts';
import { Random } from '../../../src/cli/seed/random.ts';
import { benchDatabase, type BenchDatabase } from './database.ts';
import { oneByOne, requireOk } from './load.ts';
import { MIXED_QUERIES } from './queries.ts';
import { row, type Row } from './report.ts';
import { summarise, type Summary } from './stats.ts';
import { isAllSyllables, toLetters } from '#lib/domain/search/hangul.ts';
import { or, type Expr } from '#lib/domain/search/plan.ts';
import { HeldView } from '#lib/server/search/held-view.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { Held } from '#lib/server/search/held.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';
import { fold, load } from '#lib/server/search/segment-store.ts';

/** Rows of the search bench that are about PostgreSQL: what is asked for the first time, and substrings of a million rows. */

/** Lists of either kind, which warm up the process and ask none of the queries, until its index is in memory. */
export async function warmUp(origin: string): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    await oneByOne(
      10,
      (n) => `${origin}/api/v1/${n % 2 === 0 ? 'companies' : 'opportunities'}?limit=20&page=${n + 1}`,
    );
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The slowest hundredth of queries asked for the first time. */
export function tailRow(cold: Summary): Row {
  return row({
    ...{ name: 'the same, each query for the first time, p99', value: cold.p99, summary: cold },
    target: { is: '<=', than: 60 },
  });
}

/** Two-syllable words of the lexicon that the mixed queries do not ask. */
function twoSyllables(): string[] {
  return [...lexicon().terms.keys()].filter(
    (term) => term.length === 2 && isAllSyllables(term) && !MIXED_QUERIES.includes(term),
  );
}

async function firstTime(origin: string, path: string, queries: readonly string[]): Promise<Summary> {
  const shots = await oneByOne(
    queries.length,
    (n) => `${origin}/api/v1/${path}?limit=20&q=${encodeURIComponent(queries[n] ?? '')}`,
  );
  requireOk(shots, path);
  return summarise(shots.map(({ ms }) => ms));
}

/** Words and opportunities over HTTP, each query for the first time. */
export async function firstTimeRows(origin: string): Promise<Row[]> {
  const words = await firstTime(origin, 'companies', twoSyllables());
  const opportunities = await firstTime(origin, 'opportunities', MIXED_QUERIES);
  return [
    row({
      ...{
        name: 'two-syllable Korean words, each for the first time, p95',
        value: words.p95,
        summary: words,
      },
      target: { is: '<=', than: 10 },
    }),
    row({
      ...{ name: 'opportunities over HTTP, each query for the first time, p95', value: opportunities.p95 },
      ...{ summary: opportunities, target: { is: '<=', than: 30 } },
    }),
  ];
}

const MILLION = 1_000_000;
const VOCABULARY = 20_000;
const WORDS_A_ROW = 6;
const SYLLABLES = [
  ...'가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후금은철강산석광물',
];

/** Words of two to four syllables; some end in others, as compounds do. */
function vocabulary(random: Random): string[] {
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    const short = random.pick(SYLLABLES) + random.pick(SYLLABLES);
    words.add(random.chance(0.3) ? short : random.pick(SYLLABLES) + random.pick(SYLLABLES) + short);
  }
  return [...words];
}

/** A place in a list of so many by Zipf's law, near enough. */
const zipf = (random: Random, size: number): number =>
  Math.min(size - 1, Math.floor(size ** random.next()) - 1);

function* millionRows(words: readonly string[]): Generator<string> {
  const random = new Random(2026);
  for (let n = 0; n < MILLION; n += 1) {
    const text = new Set<string>();
    for (let i = 0; i < WORDS_A_ROW; i += 1) text.add(words[zipf(random, words.length)] ?? '');
    const tokens = [...text].map((word) => `'t:${word}'`).join(' ');
    const day = 1 + (n % 28);
    yield `m${n}\t1\t${[...text].join(' ')}\t${tokens}\tf\tpublic\t2026-01-${day < 10 ? '0' : ''}${day}\n`;
  }
}

function* wordRows(words: readonly string[]): Generator<string> {
  for (const word of words) yield `${word}\tt\t${toLetters(word)}\n`;
}

async function copy({ pool }: BenchDatabase, target: string, lines: Iterable<string>): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from(lines), client.query(copyFrom(`copy ${target} from stdin`)));
  } finally {
    client.release();
  }
}

/** An index of a million documents of Zipf-distributed words, and pg_trgm on their text for the peer. */
async function fillMillion(database: BenchDatabase, words: readonly string[], io: CommandIo): Promise<void> {
  const { pool } = database;
  const there = await pool.query<{ there: boolean }>(
    `select to_regclass('bench_filled') is not null as there`,
  );
  if (there.rows[0]?.there === true) return;
  io.err('  … a million rows for the substring');
  await pool.query('truncate search_company, search_company_word');
  await pool.query('drop index if exists search_company_tokens');
  await copy(
    database,
    'search_company (id, version, name_ko, tokens, vetted, visibility, updated_at)',
    millionRows(words),
  );
  await copy(database, 'search_company_word (word, field, letters)', wordRows(words));
  await pool.query(
    `create index search_company_tokens on search_company using gin (tokens) with (fastupdate = off)`,
  );
  await pool.query('create index bench_text on search_company using gin (name_ko gin_trgm_ops)');
  await pool.query('vacuum analyze search_company');
  await pool.query('vacuum analyze search_company_word');
  await fold(database.db, 'company');
  await pool.query('create table bench_filled ()');
}

/**
 * Two syllables inside the words of a million rows, beside LIKE with pg_trgm, which has no three letters to go by: all
 * rows found and counted, once it is known which words contain them, and the whole answer of the engine.
 */
export async function substringRows(io: CommandIo): Promise<Row[]> {
  const database = await benchDatabase('million', [['reference']], io);
  try {
    const words = vocabulary(new Random(1));
    await fillMillion(database, words, io);
    const short = words.filter((word) => word.length === 2);
    const asked = Array.from(
      { length: 40 },
      (_, i) => short[Math.floor(short.length ** ((i + 1) / 41))] ?? '',
    );
    const held = await load(database.db, 'company');
    if (held === null) throw new Error('the million rows have no segment');
    const view = HeldView.of(held.number, held.segment);
    const memory = new Held(database.db);
    await memory.warm();
    const engine = new PostgresSearch(database.db, lexicon(), memory);
    const ours: number[] = [];
    const whole: number[] = [];
    const peer: number[] = [];
    for (const word of new Set(asked)) {
      io.signal.throwIfAborted();
      const within = words.filter((one) => one.includes(word));
      const match = or(within.map((one): Expr => ({ op: 'token', token: `t:${one}`, prefix: false })));
      let total = 0;
      ours.push(await timed(() => (total = view.total(view.find(match, null, PUBLIC)))));
      whole.push(
        await timed(() => engine.query({ kind: 'company', q: word, audience: PUBLIC, facets: true })),
      );
      let counted = 0;
      peer.push(
        await timed(async () => {
          const sql = 'select count(*)::int as n from search_company where name_ko like $1';
          counted = (await database.pool.query<{ n: number }>(sql, [`%${word}%`])).rows[0]?.n ?? 0;
        }),
      );
      if (total !== counted) throw new Error(`${word}: ${total} rows found, LIKE finds ${counted}`);
    }
    return substringReport(summarise(ours), summarise(whole), summarise(peer));
  } finally {
    await database.close();
  }
}

const PUBLIC = { kind: 'public' } as const;

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function substringReport(ours: Summary, whole: Summary, peer: Summary): Row[] {
  const like = { name: 'LIKE + pg_trgm p50, ms', value: peer.p50 };
  return [
    row({
      ...{ name: `two-syllable substring, ${MILLION} rows found and counted: times faster than LIKE, p50` },
      ...{
        unit: '×',
        value: peer.p50 / ours.p50,
        summary: ours,
        peer: like,
        target: { is: '>=', than: 500 },
      },
    }),
    row({
      ...{
        name: 'the same, the whole answer of the engine p50',
        value: whole.p50,
        summary: whole,
        peer: like,
      },
    }),
  ];
}
