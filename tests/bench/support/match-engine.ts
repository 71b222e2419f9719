import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CommandIo } from '../../../src/cli/command.ts';
import { scaleReference } from '../../../src/cli/seed/load-scale.ts';
import { scaleCompanies, scaleOpportunities } from '../../../src/cli/seed/scale.ts';
import type { BenchDatabase } from './database.ts';
import { row, type Row } from './report.ts';
import { summarise, type Summary } from './stats.ts';
import { companyRecord } from '#lib/domain/company/record.ts';
import { companyFromRecord, opportunityFromRecord } from '#lib/domain/match/from-record.ts';
import { gatesOf, passesGates } from '#lib/domain/match/gates.ts';
import type { Need } from '#lib/domain/match/need.ts';
import { scoreUnits } from '#lib/domain/match/score.ts';
import type { MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';
import { opportunityRecord } from '#lib/domain/opportunity/record.ts';
import { loadWorld } from '#lib/server/match/basis.ts';
import { Dictionaries } from '#lib/server/match/dictionary.ts';
import { MatchEngine } from '#lib/server/match/engine.ts';
import type { LiveEngine } from '#lib/server/match/live-index.ts';
import { MatchPool } from '#lib/server/match/pool.ts';
import { SegmentBuilder } from '#lib/server/match/segment-builder.ts';

/** The engine by itself: lists with their parts, all pairs on two threads, what-if, memory, growth. */

const ROUNDS = 3;
/** All pairs, time after time; the first rounds warm up the threads and are left out. */
const ALL_PAIRS = { rounds: 7, warmUp: 2 };
const LISTS = 1000;
const NAIVE = 3;
const LIMIT = 50;
const TOP = 10;
const DAY = '2026-11-25';

/** SQL's time for one opportunity, measured in the same run. */
export interface SqlPeer {
  one: Summary;
}

export async function measureEngine(live: LiveEngine, sql: SqlPeer, io: CommandIo): Promise<Row[]> {
  const { engine } = live;
  const open = engine.openOpportunities(0);
  const needs = open.slice(0, LISTS).flatMap(({ id }) => engine.need(id, DAY) ?? []);
  const size = engine.companyCount;
  io.err('  … lists with their parts');
  const lists = listTimes(engine, needs);
  io.err('  … all pairs on two threads');
  const pairs = await pairTimes(engine, open);
  io.err('  … the naive loop');
  const naive = naiveTime(engine, needs.slice(0, NAIVE));
  const funnels = summarise(needs.slice(0, 300).map((need) => timed(() => engine.funnel(need))));
  const whole = summarise(pairs);
  const name = `best ${LIMIT} of ${size} with their parts`;
  return [
    row({
      name: `${name}, p50`,
      value: lists.p50,
      summary: lists,
      peer: { name: 'SQL join', value: sql.one.p50 },
      target: { is: '<=', than: 0.7 },
    }),
    row({
      name: `${name}, p99`,
      value: lists.p99,
      summary: lists,
      peer: { name: 'SQL join', value: sql.one.p99 },
      target: { is: '<=', than: 2 },
    }),
    row({
      name: `${name}: times faster than SQL`,
      unit: '×',
      value: sql.one.p50 / lists.p50,
      target: { is: '>=', than: 20 },
    }),
    row({
      name: `${name}: times faster than a loop over all companies`,
      unit: '×',
      value: naive / lists.p50,
      n: NAIVE,
    }),
    row({
      name: `all pairs, best ${TOP} of ${size} for each of ${open.length}, two threads`,
      value: whole.p50,
      summary: whole,
      peer: { name: 'SQL join, one after the other', value: sql.one.mean * open.length },
      target: { is: '<=', than: 1000 },
    }),
    row({
      name: 'all pairs: times faster than SQL',
      unit: '×',
      value: (sql.one.mean * open.length) / whole.p50,
      target: { is: '>=', than: 80 },
    }),
    row({
      name: `what-if: who is left after each gate, of ${size}, p99`,
      value: funnels.p99,
      summary: funnels,
      target: { is: '<=', than: 30 },
    }),
  ];
}

/** Engine alone, on made-up companies in memory: how its figures grow. */
export async function measureGrowth(
  database: BenchDatabase,
  sizes: readonly number[],
  io: CommandIo,
): Promise<Row[]> {
  const { basis, lexicon } = await loadWorld(database.db);
  const reference = await scaleReference(database.db);
  const rows: Row[] = [];
  for (const size of sizes) {
    io.signal.throwIfAborted();
    io.err(`  … ${size} companies`);
    const before = heldBytes();
    const engine = new MatchEngine(basis);
    const builder = new SegmentBuilder(new Dictionaries());
    for (const raw of scaleCompanies(size, reference))
      builder.add({ company: companyFromRecord(companyRecord.parse(raw), lexicon), demo: false });
    engine.setCompanies(builder);
    const opportunities = [...scaleOpportunities(1000, reference)].map((raw) =>
      opportunityFromRecord(opportunityRecord.parse(raw), lexicon),
    );
    engine.setOpportunities(
      opportunities.map((opportunity) => ({ opportunity, demo: false, deadlineAt: null })),
    );
    const needs = opportunities.flatMap(({ id }) => engine.need(id, DAY) ?? []);
    const lists = listTimes(engine, needs);
    const held = (heldBytes() - before) / 2 ** 20;
    const pairs = await pairTimes(engine, opportunities);
    const [list, memory, all] = [
      `best ${LIMIT}, p50`,
      'index in memory',
      `best ${TOP} of 1000 opportunities`,
    ];
    rows.push(
      row({ name: `growth, ${size} companies: ${list}`, value: lists.p50, summary: lists }),
      row({ name: `growth, ${size} companies: ${all}`, value: Math.min(...pairs), n: pairs.length }),
      row({
        name: `growth, ${size} companies: ${memory}`,
        unit: 'MiB',
        value: held,
        ...(size === 100_000 ? { target: { is: '<=', than: 150 } as const } : {}),
      }),
    );
  }
  return rows;
}

function listTimes(engine: MatchEngine, needs: readonly Need[]): Summary {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const need of needs) {
      const ms = timed(() => engine.companiesFor(need, { limit: LIMIT }).hits.map((hit) => hit.parts()));
      // the first round warms up
      if (round > 0) times.push(ms);
    }
  return summarise(times);
}

async function pairTimes(engine: MatchEngine, opportunities: readonly MatchOpportunity[]): Promise<number[]> {
  const pool = new MatchPool({ threads: 2, niceness: 0 });
  try {
    pool.load(engine);
    const times: number[] = [];
    for (let round = 0; round < ALL_PAIRS.warmUp + ALL_PAIRS.rounds; round += 1) {
      const began = performance.now();
      await pool.tops(opportunities, DAY, TOP);
      times.push(performance.now() - began);
    }
    return times.slice(ALL_PAIRS.warmUp);
  } finally {
    await pool.close();
  }
}

/** What one would write first in JavaScript: every company by itself, sorted. Mean of a few. */
function naiveTime(engine: MatchEngine, needs: readonly Need[]): number {
  const companies = allOf(engine);
  const times = needs.map((need) =>
    timed(() =>
      companies
        .filter((company) => passesGates(gatesOf(need, company)))
        .map((company) => ({ id: company.id, units: scoreUnits(need, company) }))
        .sort((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1))
        .slice(0, LIMIT),
    ),
  );
  return times.reduce((sum, ms) => sum + ms, 0) / Math.max(1, times.length);
}

function allOf(engine: MatchEngine): MatchCompany[] {
  return engine.companyIds().flatMap((id) => engine.company(id) ?? []);
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are in use after everything unused was collected. */
export function heldBytes(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
