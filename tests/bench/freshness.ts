import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { parseCommandLine, wholeNumber, type Command, type CommandIo } from '../../src/cli/command.ts';
import { startMeili, type MeiliProcess } from '../support/meili-process.ts';
import { benchCopy, type BenchDatabase } from './support/database.ts';
import { print, report, row, type Row } from './support/report.ts';
import { summarise } from './support/stats.ts';
import { startWorker } from './support/worker.ts';
import { isSystem } from '#lib/domain/account/policy.ts';
import { INDEX_KINDS } from '#lib/domain/search/document.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { command as write } from '#lib/server/platform/command.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { done } from '#lib/server/platform/result.ts';
import { rebuildIn } from '#lib/server/search/index-job.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine } from '#lib/server/search/meili.ts';
import type { SearchEngine } from '#lib/server/search/port.ts';
import { Held } from '#lib/server/search/held.ts';
import { withFallback } from '#lib/server/search/fallback.ts';
import { momentOf } from '#lib/server/search/moment.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';

const HELP = `
Usage: npm run bench -- freshness [--size N] [--seconds N] [--rate N] [--json]

From the commit of a change to the first search that finds it: 100 companies a second get a new word in their
description, among N made-up ones (100,000 unless said otherwise), by the same transaction, job queue and worker as
in the portal. One change in fifty is searched for until it is found. With a meilisearch on the PATH the same for the
portal's search on it, where PostgreSQL answers while changes are on their way to the server, and for the server itself.
The database is a copy that is thrown away afterwards.
`;

const SAMPLE_EVERY = 50;
const POLL_MS = 15;
/** The changes that are searched for at a time, the oldest first. */
const SEARCHED_FOR = 3;
const PATIENCE_MS = 60_000;
const WARM_UP: Load = { rate: 50, seconds: 1 };
const TARGET_P50_MS = 500;
const TARGET_P99_MS = 2000;

interface Load {
  rate: number;
  seconds: number;
}

export const command: Command = {
  name: 'freshness',
  summary: 'From the commit of a change to the search that finds it, under 100 changes a second',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, {
      json: { type: 'boolean', default: false },
      size: { type: 'string', default: '100000' },
      seconds: { type: 'string', default: '30' },
      rate: { type: 'string', default: '100' },
    });
    const size = wholeNumber('--size', values.size, 100, 1_000_000);
    const load = {
      rate: wholeNumber('--rate', values.rate, 1, 10_000),
      seconds: wholeNumber('--seconds', values.seconds, 1, 3600),
    };
    const database = await benchCopy(`scale_${size}`, [['reference'], ['--scale', String(size)]], io);
    const server = await startMeili();
    if (server === null) io.err('  No meilisearch on the PATH: measured on PostgreSQL alone.');
    try {
      const rows = await measureAll(database, server, load, io);
      print(await report('freshness', database.pool, rows, server?.version), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await server?.stop();
      await database.drop();
    }
  },
};

async function measureAll(
  database: BenchDatabase,
  server: MeiliProcess | null,
  load: Load,
  io: CommandIo,
): Promise<Row[]> {
  const own = new PostgresSearch(database.db, lexicon(), new Held(database.db));
  const rows = await measure('PostgreSQL', own, database, {}, load, io);
  if (server === null) return rows;
  const { url, key } = server;
  const meili = createMeiliEngine({ url, key, timeouts: { queryMs: PATIENCE_MS } });
  io.err('  … the search server’s index');
  for (const kind of INDEX_KINDS) await rebuildIn(database.db, 'meilisearch', meili, kind);
  const env = { MEILI_URL: url, MEILI_KEY: key };
  const portal = withFallback(meili, own, {
    names: { primary: 'meilisearch', secondary: 'postgres' },
    beforehand: {
      query: async ({ kind }) => ({ moment: await momentOf(database.db, kind) }),
      suggest: () => Promise.resolve({}),
    },
  });
  await portal.look();
  try {
    return [
      ...rows,
      ...(await measure('search with Meilisearch', portal, database, env, load, io)),
      ...(await measure('Meilisearch itself', meili, database, env, load, io)),
    ];
  } finally {
    portal.stop();
  }
}

async function measure(
  name: string,
  engine: SearchEngine,
  database: BenchDatabase,
  env: Record<string, string>,
  load: Load,
  io: CommandIo,
): Promise<Row[]> {
  io.err(`  … ${load.rate} changes a second for ${load.seconds} s, found by ${name}`);
  const worker = await startWorker({ DATABASE_URL: database.url, ...env });
  try {
    // The first change after a start has the worker build the index of matching, which is not what is measured here.
    await changesFound(engine, database, WARM_UP, io);
    await untilIdle(database);
    const samples = await changesFound(engine, database, load, io);
    const summary = summarise(samples);
    const what = `from commit to found, ${name}, ${load.rate} changes/s`;
    return [
      row({ name: `${what}, p50`, value: summary.p50, summary, target: { is: '<=', than: TARGET_P50_MS } }),
      row({ name: `${what}, p99`, value: summary.p99, summary, target: { is: '<=', than: TARGET_P99_MS } }),
    ];
  } finally {
    await worker.stop();
  }
}

/** Until the worker has done all that is due. */
async function untilIdle({ db }: BenchDatabase): Promise<void> {
  for (let waiting = true; waiting; await sleep(POLL_MS)) {
    const { rows } = await sql<{ waiting: boolean }>`
      select exists (select from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts)
        as waiting`.execute(db);
    waiting = rows[0]?.waiting === true;
  }
}

/** A word of the bench in the description, by the way that every change of the portal takes. */
const describe = write({
  name: 'bench.describe',
  policy: isSystem,
  async run(tx, { id, word }: { id: string; word: string }) {
    await tx.db
      .updateTable('company')
      .set({ summary_en: `${word} ${word}`, updated_at: tx.now })
      .where('organisation_id', '=', id)
      .execute();
    await tx.changed('company', id);
    await tx.audit({ action: 'bench.describe', object: { kind: 'company', id } });
    return done();
  },
});

/** Writes at a steady rate; how long each sampled change took from its commit until it was found, in ms. */
async function changesFound(
  engine: SearchEngine,
  { db }: BenchDatabase,
  { rate, seconds }: Load,
  io: CommandIo,
): Promise<number[]> {
  const ctx = systemContext(db, 'bench', systemClock);
  const total = rate * seconds;
  const { rows } = await sql<{ id: string }>`
    select organisation_id as id from company where published_at is not null
    order by md5(organisation_id::text) limit ${total}`.execute(db);
  const began = performance.now();
  const watch = new Watch(engine);
  const writes: Promise<void>[] = [];
  for (let n = 0; n < total; n += 1) {
    io.signal.throwIfAborted();
    const wait = began + (n * 1000) / rate - performance.now();
    if (wait > 0) await sleep(wait);
    const id = rows[n % rows.length]?.id ?? '';
    const word = newWord();
    writes.push(
      describe(ctx, { id, word }).then((outcome) => {
        if (!outcome.ok) throw new Error(outcome.code);
        if (n % SAMPLE_EVERY === 0) watch.add(id, word);
      }),
    );
  }
  await Promise.all(writes);
  io.err(`    ${total} changes committed in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const found = await watch.end();
  io.err(`    one of these searches took ${watch.meanMs.toFixed(0)} ms on average`);
  return found;
}

/** Searches for what is not found yet, one search at a time: waiting changes must not make the machine busier. */
class Watch {
  private readonly engine: SearchEngine;
  private readonly open: { id: string; word: string; committed: number }[] = [];
  private readonly found: number[] = [];
  private ending = false;
  private readonly spent = { ms: 0, searches: 0 };
  private readonly work: Promise<void>;

  constructor(engine: SearchEngine) {
    this.engine = engine;
    this.work = this.run();
  }

  add(id: string, word: string): void {
    this.open.push({ id, word, committed: performance.now() });
  }

  get meanMs(): number {
    return this.spent.ms / Math.max(1, this.spent.searches);
  }

  /** Waits for the rest; what is never found counts as never. */
  async end(): Promise<number[]> {
    this.ending = true;
    await this.work;
    return this.found;
  }

  private async run(): Promise<void> {
    while (!this.ending || this.open.length > 0) {
      for (const one of this.open.slice(0, SEARCHED_FOR)) {
        const took = () => performance.now() - one.committed;
        if (!(await this.finds(one)) && took() < PATIENCE_MS) continue;
        this.found.push(took() < PATIENCE_MS ? took() : Number.POSITIVE_INFINITY);
        this.open.splice(this.open.indexOf(one), 1);
      }
      await sleep(POLL_MS);
    }
  }

  private async finds({ id, word }: { id: string; word: string }): Promise<boolean> {
    const began = performance.now();
    const { hits } = await this.engine.query({
      ...{ kind: 'company', q: word, audience: { kind: 'official' }, limit: 5 },
    });
    this.spent.ms += performance.now() - began;
    this.spent.searches += 1;
    return hits.some((hit) => hit.id === id);
  }
}

const LETTERS = 'bcdfghjklmnprstvz';
let words = Date.now();

/** Twelve letters that nothing else is called. */
function newWord(): string {
  let rest = (words += 7919);
  let word = 'qx';
  for (let n = 0; n < 10; n += 1) {
    word += LETTERS.charAt(rest % LETTERS.length);
    rest = Math.floor(rest / LETTERS.length);
  }
  return word;
}
