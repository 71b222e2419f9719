import { parseCommandLine, wholeNumber, type Command, type CommandIo } from '../../src/cli/command.ts';
import { heldBytes, measureEngine, measureGrowth } from './support/match-engine.ts';
import { measureTeams } from './match-team.ts';
import { benchDatabase, type BenchDatabase } from './support/database.ts';
import { print, report, row, type Row } from './support/report.ts';
import { summarise } from './support/stats.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import { runAll, startRun } from '#lib/server/match/run-job.ts';
import { openRun } from '#lib/server/match/run-queries.ts';
import { matchesForOpportunity } from '#lib/server/match/queries.ts';

const HELP = `
Usage: npm run bench -- match [--size N] [--growth N,N,…] [--json]

Exact best fifty of N made-up companies (100,000 unless said otherwise) for each of N/10 opportunities, with reasons:
the engine alone, all pairs on two threads, all pairs stored, the index built from PostgreSQL, what-if, teams; beside
the straightforward SQL join and a plain loop in the same run. Warm-up, then three rounds. --growth adds the engine's
figures at other sizes (10000,30000,100000,300000). Filling the database of the bench takes a while at the first run.
`;

const ROUNDS = 3;
const OPPORTUNITIES = 200;
const LIMIT = 50;
const TARGET_LIST_MS = 300;
const TARGET_BUILD_MS = 2000;
const TARGET_MIB = 150;
const TARGET_STORED_MS = 30_000;

export const command: Command = {
  name: 'match',
  summary: 'Best companies for an opportunity, beside the SQL join',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, {
      json: { type: 'boolean', default: false },
      size: { type: 'string', default: '100000' },
      growth: { type: 'string', default: '' },
    });
    const size = wholeNumber('--size', values.size, 100, 1_000_000);
    const database = await benchDatabase(`scale_${size}`, [['reference'], ['--scale', String(size)]], io);
    try {
      const sizes = values.growth.split(',').filter((one) => one !== '');
      const rows = [
        ...(await measure(database, size, io)),
        ...(await measureGrowth(
          database,
          sizes.map((one) => wholeNumber('--growth', one, 100, 1_000_000)),
          io,
        )),
      ];
      print(await report('match', database.pool, rows), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await database.close();
    }
  },
};

async function measure(database: BenchDatabase, size: number, io: CommandIo): Promise<Row[]> {
  const ctx = systemContext(database.db, 'bench', systemClock);
  const before = heldBytes();
  const started = performance.now();
  const live = await matchIndexOf(database.db).fresh();
  const built = performance.now() - started;
  const held = (heldBytes() - before) / 2 ** 20;
  const asked = await database.pool.query<{ id: string }>(
    `select id from opportunity where status = 'published' order by id limit ${OPPORTUNITIES}`,
  );
  const ids = asked.rows.map(({ id }) => id);
  for (const id of ids.slice(0, 50)) await matchesForOpportunity(ctx, id, { limit: LIMIT });
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    io.err(`  … round ${round} of ${ROUNDS}`);
    for (const id of ids) {
      io.signal.throwIfAborted();
      ours.push(await timed(() => matchesForOpportunity(ctx, id, { limit: LIMIT })));
      if (round === 1) peer.push(await timed(() => database.pool.query(PEER, [id, LIMIT])));
    }
  }
  const summary = summarise(ours);
  const sql = summarise(peer);
  return [
    row({
      name: `one list of ${LIMIT} with reasons, ${size} companies, p95`,
      value: summary.p95,
      summary,
      peer: { name: 'SQL join', value: sql.p95 },
      target: { is: '<=', than: TARGET_LIST_MS },
    }),
    row({
      name: `index built from PostgreSQL, ${size} companies`,
      value: built,
      n: 1,
      target: { is: '<=', than: TARGET_BUILD_MS },
    }),
    row({ name: 'index in memory', unit: 'MiB', value: held, target: { is: '<=', than: TARGET_MIB } }),
    ...(await measureEngine(live, { one: sql }, io)),
    ...(await measureStored(ctx, database, io)),
    measureTeams(),
  ];
}

/** A whole run into empty tables, and the same once more, which finds nothing to write. */
async function measureStored(ctx: Context, database: BenchDatabase, io: CommandIo): Promise<Row[]> {
  await database.pool.query('truncate match_run, match_list, match_result, match_change, match_mark');
  const run = async (): Promise<{ ms: number; written: number }> => {
    await startRun(ctx);
    const id = await openRun(ctx.db);
    if (id === null) throw new Error('no run');
    const began = performance.now();
    const made = await runAll(ctx, { run: id }, () => !io.signal.aborted);
    return { ms: performance.now() - began, written: made?.written ?? 0 };
  };
  io.err('  … all pairs stored');
  const first = await run();
  const second = await run();
  return [
    row({
      name: `all pairs stored in PostgreSQL, ${first.written} of them`,
      value: first.ms,
      target: { is: '<=', than: TARGET_STORED_MS },
    }),
    row({ name: `all pairs once more, ${second.written} written`, value: second.ms }),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** What one would write first: lines joined with capabilities, one point a line met, minerals and certificates added. */
const PEER = `
  select o.id, sum(case when r.must then 2 else 1 end
      * case when r.minerals && k.minerals or cardinality(r.minerals) = 0 then 1 else 0.5 end) as score
  from requirement r
  join company_capability k on k.capability = r.capability
  join organisation o on o.id = k.organisation_id and o.standing = 'vetted'
  join company c on c.organisation_id = o.id and c.published_at is not null
  where r.opportunity_id = $1 and r.kind = 'capability'
    and not exists (select 1 from requirement m where m.opportunity_id = $1 and m.must and m.kind = 'certifications_any'
      and not exists (select 1 from company_certification x where x.organisation_id = o.id
        and x.certification = any(m.certifications) and (x.valid_to is null or x.valid_to >= current_date)))
  group by o.id order by score desc, o.id limit $2`;
