import { parseCommandLine, wholeNumber, type Command, type CommandIo } from '../../src/cli/command.ts';
import { measureTeams } from './match-team.ts';
import { benchDatabase, type BenchDatabase } from './support/database.ts';
import { print, report, row, type Row } from './support/report.ts';
import { summarise } from './support/stats.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import { matchesForOpportunity } from '#lib/server/match/queries.ts';

const HELP = `
Usage: npm run bench -- match [--size N] [--json]

Exact best fifty of N made-up companies (20,000 unless said otherwise) for each of many opportunities, with reasons,
beside the straightforward SQL join in the same run. Warm-up, then three rounds. Filling the database of the bench
takes a while at the first run.
`;

const ROUNDS = 3;
const OPPORTUNITIES = 200;
const LIMIT = 50;
const TARGET_LIST_MS = 300;

export const command: Command = {
  name: 'match',
  summary: 'Best companies for an opportunity, beside the SQL join',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, {
      json: { type: 'boolean', default: false },
      size: { type: 'string', default: '20000' },
    });
    const size = wholeNumber('--size', values.size, 100, 1_000_000);
    const database = await benchDatabase(`scale_${size}`, [['reference'], ['--scale', String(size)]], io);
    try {
      const rows = await measure(database, size, io);
      print(await report('match', database.pool, rows), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await database.close();
    }
  },
};

async function measure(database: BenchDatabase, size: number, io: CommandIo): Promise<Row[]> {
  const ctx = systemContext(database.db, 'bench', systemClock);
  const began = performance.now();
  await matchIndexOf(database.db).fresh();
  const built = performance.now() - began;
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
    row({ name: `index built from PostgreSQL, ${size} companies`, value: built, n: 1 }),
    measureTeams(),
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
