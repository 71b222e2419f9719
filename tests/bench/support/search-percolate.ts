import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CommandIo } from '../../../src/cli/command.ts';
import { Random } from '../../../src/cli/seed/random.ts';
import type { BenchDatabase } from './database.ts';
import { MIXED_QUERIES } from './queries.ts';
import { row, type Row } from './report.ts';
import { summarise } from './stats.ts';
import type { Finder } from '#lib/domain/search/finder.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { Percolator } from '#lib/domain/search/percolate.ts';
import type { SearchDocument } from '#lib/domain/search/document.ts';
import { watchedFilters, watchedWords } from '#lib/domain/search/watch.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { idsAfter } from '#lib/server/search/source-queries.ts';

/**
 * One changed opportunity against a million saved searches. Words follow Zipf's law, one to three to a query, some
 * with filters; a tenth of the queries are whole queries of the mixed set. Every search belongs to one of 30,000
 * organisations, to an official or to a person alone.
 */

const SEARCHES = 1_000_000;
const DISTINCT_QUERIES = 250_000;
const ORGANISATIONS = 30_000;
const TARGET_MS = 5;
const TARGET_MIB = 400;
const ROUNDS = 5;

/** Opportunities of the database that arrive one after the other. */
const DOCUMENTS = 2000;

/** The rows for a database of the bench. */
export async function savedSearchRows(
  database: BenchDatabase,
  io: Pick<CommandIo, 'err' | 'signal'>,
): Promise<Row[]> {
  const ids = await idsAfter(database.db, 'opportunity', '', DOCUMENTS);
  return percolation(lexicon(), await documentsOf(database.db, lexicon(), 'opportunity', ids, 0), io);
}

export function percolation(
  words: Lexicon,
  documents: readonly SearchDocument[],
  io: Pick<CommandIo, 'err' | 'signal'>,
): Row[] {
  const before = memory();
  const random = new Random(20_261_125);
  const set = new Percolator(sharesIn(documents));
  const filled = fill(set, words, documents, random, io);
  const mib = (memory() - before) / 2 ** 20;
  const ms: number[] = [];
  let found = 0;
  for (const document of documents.slice(0, 200)) set.match(document);
  for (let round = 0; round < ROUNDS; round++)
    for (const document of documents) {
      const began = performance.now();
      found += set.match(document).length;
      ms.push(performance.now() - began);
    }
  const summary = summarise(ms);
  const mean = Math.round(found / ms.length);
  io.err(
    `  … ${set.size.nodes} nodes, ${filled} queries, ${mean} searches found by an opportunity on average`,
  );
  return [
    row({
      name: `${SEARCHES} saved searches, one new opportunity, p99`,
      value: summary.p99,
      summary,
      target: { is: '<=', than: TARGET_MS },
    }),
    row({
      name: `${SEARCHES} saved searches in memory`,
      unit: 'MiB',
      value: mib,
      target: { is: '<=', than: TARGET_MIB },
    }),
  ];
}

/** Bytes that the process holds after its garbage was collected. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Shares of tokens among documents; of beginnings a guess. */
function sharesIn(documents: readonly SearchDocument[]): (token: string, prefix: boolean) => number {
  const counts = new Map<string, number>();
  for (const { tokens } of documents)
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return (token, prefix) => (prefix ? 0.02 : (counts.get(token) ?? 0.2) / documents.length);
}

function fill(
  set: Percolator,
  terms: Lexicon,
  documents: readonly SearchDocument[],
  random: Random,
  io: Pick<CommandIo, 'err' | 'signal'>,
): number {
  const words = wordsOf(terms, documents, random);
  const queries: number[] = [];
  const seen = new Map<string, number>();
  for (let i = 0; i < DISTINCT_QUERIES; i++) {
    if (i % 50_000 === 0) io.err(`  … ${i} of ${DISTINCT_QUERIES} queries compiled`);
    io.signal.throwIfAborted();
    const q = random.chance(0.1) ? often(MIXED_QUERIES, random) : someWords(words, random);
    let node = seen.get(q);
    if (node === undefined) seen.set(q, (node = set.compile(watchedWords(terms, q, 'opportunity', []))));
    queries.push(node);
  }
  const filters = new Map<string, number>();
  for (let i = 0; i < SEARCHES; i++) {
    const chosen = someFilters(documents, random);
    const key = JSON.stringify(chosen);
    let filter = filters.get(key);
    if (filter === undefined) filters.set(key, (filter = set.compile(watchedFilters(chosen))));
    set.add(uuid(i), set.all([often(queries, random), filter]), someFinder(random));
  }
  set.settle();
  return seen.size;
}

/** Terms of the lexicon and words of the documents' titles, in an order of their own, the first most asked for. */
function wordsOf(of: Lexicon, documents: readonly SearchDocument[], random: Random): string[] {
  const terms = [...of.concepts.values()]
    .filter(({ kind }) => kind !== 'word')
    .flatMap(({ ko, en }) => [ko, en])
    .filter((term) => term !== '');
  const titles = documents.flatMap(({ nameKo, nameEn }) => `${nameKo} ${nameEn}`.split(/[\s·,()]+/));
  const words = [...new Set([...terms, ...titles.filter((word) => word.length > 1)])];
  return words
    .map((word) => ({ word, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ word }) => word);
}

/** The first of many most often, by Zipf's law: the inverse of the integral of 1/x, which takes no time to draw. */
function often<T>(from: readonly T[], random: Random): T {
  const rank = Math.floor(Math.exp(random.next() * Math.log(from.length + 1))) - 1;
  const chosen = from[Math.min(from.length - 1, rank)];
  if (chosen === undefined) throw new RangeError('nothing to draw from');
  return chosen;
}

function someWords(words: readonly string[], random: Random): string {
  const count = random.int(1, 3);
  return Array.from({ length: count }, () => often(words, random)).join(' ');
}

/** A third of the searches have none, a third one, the rest two: values of a document that is there. */
function someFilters(documents: readonly SearchDocument[], random: Random): Record<string, string[]> {
  const facets = random.pick(documents).facets;
  const chosen: Record<string, string[]> = {};
  const count = random.int(0, 2);
  for (const facet of ['mineral', 'country', 'type', 'stage', 'status'] as const) {
    const value = facets[facet]?.[0];
    if (value !== undefined && Object.keys(chosen).length < count && random.chance(0.5))
      chosen[facet] = [value];
  }
  return chosen;
}

function someFinder(random: Random): Finder {
  const share = random.next();
  if (share < 0.1) return { kind: 'public' };
  if (share < 0.12) return { kind: 'official' };
  const organisationId = uuid(random.int(1, ORGANISATIONS));
  return share < 0.3 ? { kind: 'lead', organisationId } : { kind: 'company', organisationId, vetted: true };
}

/** As spread as real ones in their last half. */
function uuid(n: number): string {
  const mixed = [0x9e3779b1, 0x85ebca6b].map((by) =>
    (Math.imul(n + 1, by) >>> 0).toString(16).padStart(8, '0'),
  );
  const end = mixed.join('');
  return `01900000-0000-7000-${end.slice(0, 4)}-${end.slice(4)}`;
}
