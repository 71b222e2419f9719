import { sql } from 'kysely';
import type * as Evaluation from '../../tests/search/evaluate.ts';
import { CommandError, type CommandIo } from './command.ts';
import type { SearchDocument } from '#lib/domain/search/document.ts';
import { config } from '#lib/server/platform/config.ts';
import { connect } from '#lib/server/platform/db.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine } from '#lib/server/search/meili.ts';
import type { EngineName, SearchEngine } from '#lib/server/search/port.ts';
import { Held } from '#lib/server/search/held.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';

/** The judged searches of tests/search, asked of engines that hold the made-up documents of that set and nothing else. */

async function evaluation(): Promise<typeof Evaluation> {
  try {
    return await import('../../tests/search/evaluate.ts');
  } catch (error) {
    throw new CommandError(
      `The judged searches lie in tests/search, which is not here: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

interface Loaded {
  engine: SearchEngine;
  drop(): Promise<void>;
}

const TABLES = ['company', 'opportunity', 'project'].flatMap((kind) => [
  `search_${kind}`,
  `search_${kind}_word`,
]);

/** PostgreSQL with index tables of its own, in a schema that is taken away afterwards. */
async function aside(io: CommandIo): Promise<Loaded> {
  const { db, pool } = await io.connection();
  const schema = `search_eval_${process.pid}`;
  await sql`create schema ${sql.id(schema)}`.execute(db);
  for (const table of [...TABLES, 'search_facet', 'search_state', 'search_gone', 'search_segment'])
    await sql`create table ${sql.id(schema, table)} (like ${sql.id('public', table)} including all)`.execute(
      db,
    );
  await sql`insert into ${sql.id(schema, 'search_state')} (kind) select kind from public.search_state`.execute(
    db,
  );
  const own = connect(pool.options.connectionString ?? '', { max: 4, schema });
  return {
    engine: new PostgresSearch(own.db, lexicon(), new Held(own.db)),
    async drop() {
      await own.close();
      await sql`drop schema ${sql.id(schema)} cascade`.execute(db);
    },
  };
}

const SLOW = { queryMs: 10_000 };

function onServer(): Loaded {
  const { meili } = config();
  if (meili === null) throw new CommandError('No search server is set (MEILI_URL).', 2);
  const prefix = `gwangmaek-eval-${process.pid}`;
  const engine = createMeiliEngine({ ...meili, prefix, timeouts: SLOW });
  return { engine, drop: () => engine.drop() };
}

async function* inOne(documents: readonly SearchDocument[]): AsyncGenerator<readonly SearchDocument[]> {
  yield await Promise.resolve(documents);
}

/** Loads the set into an engine, asks it everything, and takes the set away again. */
async function scored(io: CommandIo, name: EngineName): ReturnType<typeof Evaluation.evaluate> {
  const { evaluate, evaluationDocuments } = await evaluation();
  const { truths, documents } = evaluationDocuments();
  const held = name === 'postgres' ? await aside(io) : onServer();
  try {
    await held.engine.rebuild('company', inOne(documents));
    return await evaluate(held.engine, truths);
  } finally {
    await held.drop();
  }
}

const cell = (text: string, width: number): string => text.padEnd(width);
const figure = (value: number): string => value.toFixed(3).padStart(8);

/** Prints NDCG@10 and recall@10 of each class, one engine after the other. */
export async function printEvaluation(io: CommandIo, names: readonly EngineName[]): Promise<void> {
  const { byClass } = await evaluation();
  for (const name of names) {
    io.out(`${cell(name, 18)} queries  NDCG@10  recall@10`);
    for (const { kind, queries, ndcg, recall } of byClass(await scored(io, name)))
      io.out(`  ${cell(kind, 16)} ${String(queries).padStart(7)} ${figure(ndcg)}   ${figure(recall)}`);
  }
}

/** One query with the first ten ids of both engines. */
export interface Pair {
  q: string;
  postgres: readonly string[];
  meilisearch: readonly string[];
}

/** The judged searches, asked of both engines. */
export async function judgedPairs(io: CommandIo): Promise<Pair[]> {
  const [postgres, meilisearch] = [await scored(io, 'postgres'), await scored(io, 'meilisearch')];
  const ids = (of: typeof postgres, i: number) => of[i]?.found.map((hit) => hit.id) ?? [];
  return postgres.map(({ q }, i) => ({ q, postgres: ids(postgres, i), meilisearch: ids(meilisearch, i) }));
}

/** Prints the queries that do not have the same first ten, and the share of those that do; answers that share. */
export function printComparison(io: CommandIo, pairs: readonly Pair[]): number {
  let same = 0;
  for (const { q, postgres, meilisearch } of pairs) {
    if (postgres.join(' ') === meilisearch.join(' ')) {
      same += 1;
      continue;
    }
    io.out(JSON.stringify(q));
    io.out(`  postgres     ${postgres.join(' ')}`);
    io.out(`  meilisearch  ${meilisearch.join(' ')}`);
  }
  const share = pairs.length === 0 ? 1 : same / pairs.length;
  io.out(`${same} of ${pairs.length} queries have the same first ten (${(100 * share).toFixed(1)} %)`);
  return share;
}
