import { parseCommandLine, wholeNumber, type Command, type CommandIo } from '../../src/cli/command.ts';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { benchCopy, type BenchDatabase } from './support/database.ts';
import { processorMeter } from './support/cpu.ts';
import { leadOf, type Lead } from './support/lead.ts';
import { oneByOne, requireOk, steadyLoad, type Shot } from './support/load.ts';
import { measurePublished, measureShown, type Pages } from './support/match-shown.ts';
import { print, report, row, type Row } from './support/report.ts';
import { startServer } from './support/server.ts';
import { summarise, type Summary } from './support/stats.ts';
import { startWorker } from './support/worker.ts';
import { openRun } from '#lib/server/match/run-queries.ts';
import { startRun } from '#lib/server/match/run-job.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';

const HELP = `
Usage: npm run bench -- match-web [--size N] [--rate N] [--json]

An opportunity's list of matching companies as its publisher sees it, signed in, whole pages: N made-up companies
(100,000 unless said otherwise) and N/10 opportunities, 500 of them asked for in turn at 50 a second (or --rate). Alone, beside a
whole run of all lists in the worker; how long it takes from publishing a notice to its page with companies, from a
withdrawn certificate or capability to lists that know of it, and from a suspension to lists without the company.
Warm-up, then three rounds of ten seconds. The database is a copy that is thrown away afterwards.
`;

const SECONDS = 10;
const ROUNDS = 3;
const PAGES = 500;
const WARM_UP = 200;
/** Asked for one after the other, for the time and the processor time of a page. */
const SINGLE = 300;
/**
 * Beside a run, and without it for comparison, load is sent in pieces this long: the next begins when all of the last
 * are answered. A piece during which the run ended is not counted.
 */
const PIECE_SECONDS = 1;
/** Half of the answers later than this: requests wait for each other. */
const QUEUED_MS = 200;
const TARGET_P99_MS = 40;
const TARGET_RATIO = 1.3;

interface Scale {
  /** Companies. */
  size: number;
  /** Requests a second. */
  rate: number;
}

export const command: Command = {
  name: 'match-web',
  summary: 'Pages of matching companies at 50 requests a second, alone and beside a whole run',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, {
      json: { type: 'boolean', default: false },
      size: { type: 'string', default: '100000' },
      rate: { type: 'string', default: '50' },
    });
    const size = wholeNumber('--size', values.size, 100, 1_000_000);
    const rate = wholeNumber('--rate', values.rate, 1, 1000);
    await ensureBuilt();
    const database = await benchCopy(`scale_${size}`, [['reference'], ['--scale', String(size)]], io);
    try {
      const lead = await leadOf(database.db, PAGES, systemClock());
      const rows = await measure(database, lead, { size, rate }, io);
      print(await report('match-web', database.pool, rows), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await database.drop();
    }
  },
};

async function measure(database: BenchDatabase, lead: Lead, scale: Scale, io: CommandIo): Promise<Row[]> {
  const env = { DATABASE_URL: database.url, PAGE_LIMIT: '0' };
  const web = await startServer('src/cli/launcher/web.ts', env, '/readyz');
  const pages: Pages = {
    ids: lead.opportunities,
    url: (id) => `${web.origin}/lead/opportunities/${id}/matches`,
    headers: { cookie: `session=${lead.token}` },
  };
  const processor = processorMeter([web.pid]);
  try {
    const alone = await measureAlone(pages, processor, scale, io);
    const worker = await startWorker({ DATABASE_URL: database.url });
    try {
      const ctx = systemContext(database.db, 'bench', systemClock);
      return [
        ...alone,
        ...(await measureBesideRuns(ctx, pages, scale, io)),
        ...(await measurePublished(ctx, pages, io)),
        ...(await measureShown(ctx, pages, io)),
      ];
    } finally {
      await worker.stop();
    }
  } finally {
    await web.stop();
  }
}

/** Asks for the pages in turn for some seconds, beginning where the `piece`-th such load would. */
async function load(
  { ids, url, headers }: Pages,
  { rate, seconds }: { rate: number; seconds: number },
  piece: number,
  io: CommandIo,
): Promise<Shot[]> {
  const from = piece * rate * seconds;
  const shots = await steadyLoad({
    ...{ rate, seconds, headers, signal: io.signal },
    url: (n) => url(ids[(from + n) % ids.length] ?? ''),
  });
  requireOk(shots, 'a page of matches');
  return shots;
}

async function measureAlone(
  pages: Pages,
  processor: ReturnType<typeof processorMeter>,
  { size, rate }: Scale,
  io: CommandIo,
): Promise<Row[]> {
  const { ids, url, headers } = pages;
  const warmUp = await oneByOne(WARM_UP, (n) => url(ids[n % ids.length] ?? ''), headers);
  requireOk(warmUp, 'a page of matches');
  const oneAfterOther = await processor.during(() =>
    oneByOne(SINGLE, (n) => url(ids[(WARM_UP + n) % ids.length] ?? ''), headers),
  );
  requireOk(oneAfterOther, 'a page of matches');
  const single = times(oneAfterOther);
  const [taken] = processor.means() ?? [];
  const shots: Shot[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    io.err(`  … pages alone: round ${round} of ${ROUNDS}`);
    shots.push(...(await load(pages, { rate, seconds: SECONDS }, 0, io)));
  }
  const summary = times(shots);
  const bytes = Math.round(shots.reduce((sum, shot) => sum + shot.bytes, 0) / shots.length);
  return [
    row({ name: 'page of matches, one after the other, p50', value: single.p50, summary: single }),
    ...(taken === undefined
      ? []
      : [
          row({
            name: 'processor time of the web process a page, one after the other',
            value: taken / SINGLE,
            n: SINGLE,
          }),
        ]),
    row({
      name: `page of matches p99 at ${rate}/s, ${size} companies, ${ids.length} notices (${bytes} bytes)`,
      value: summary.p99,
      summary,
      target: { is: '<=', than: TARGET_P99_MS },
    }),
  ];
}

/** The first run writes all lists; those after it go through everything and find next to nothing to write. */
async function measureBesideRuns(ctx: Context, pages: Pages, { rate }: Scale, io: CommandIo): Promise<Row[]> {
  const quiet: Shot[] = [];
  const first: Shot[] = [];
  const later: Shot[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    io.err(`  … beside a whole run: ${round === 0 ? 'the first' : `round ${round} of ${ROUNDS}`}`);
    for (let piece = 0; piece < SECONDS; piece += 1)
      quiet.push(...(await load(pages, { rate, seconds: PIECE_SECONDS }, piece, io)));
    (round === 0 ? first : later).push(...(await loadDuringRun(ctx, pages, rate, io)));
  }
  const alone = times(quiet);
  return [
    besideRow('the first run, which writes all lists', first, alone),
    besideRow('a nightly run', later, alone),
  ];
}

/**
 * Nothing is claimed when a run is over before anything was asked beside it (small sizes), nor when the pages alone
 * cannot keep up with the rate: then both sides show how long a queue became.
 */
function besideRow(what: string, shots: readonly Shot[], alone: Summary): Row {
  const name = `page p99 beside ${what}, times without`;
  if (shots.length === 0) return row({ name: `${name} (over too soon)`, unit: '×', value: 0, n: 0 });
  const summary = times(shots);
  const keepsUp = alone.p50 < QUEUED_MS;
  return row({
    name: `${name} (${summary.p99} to ${alone.p99} ms${keepsUp ? '' : '; the rate is too high to compare'})`,
    unit: '×',
    value: summary.p99 / alone.p99,
    summary,
    ...(keepsUp ? { target: { is: '<=', than: TARGET_RATIO } } : {}),
  });
}

async function loadDuringRun(ctx: Context, pages: Pages, rate: number, io: CommandIo): Promise<Shot[]> {
  const shots: Shot[] = [];
  await startRun(ctx);
  for (let piece = 0; ; piece += 1) {
    const sent = await load(pages, { rate, seconds: PIECE_SECONDS }, piece, io);
    if ((await openRun(ctx.db)) === null) return shots;
    shots.push(...sent);
  }
}

const times = (shots: readonly Shot[]) => summarise(shots.map(({ ms }) => ms));
