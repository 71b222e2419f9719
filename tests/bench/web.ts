import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseCommandLine, type Command, type CommandIo } from '../../src/cli/command.ts';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { benchDatabase } from './support/database.ts';
import { oneByOne, requireOk, steadyLoad, type Shot } from './support/load.ts';
import { print, report, row, type Row } from './support/report.ts';
import { startServer, type RunningServer } from './support/server.ts';
import { summarise } from './support/stats.ts';

const HELP = `
Usage: npm run bench -- web [--json]

Pages at 50 requests a second with the demo data, beside a bare SvelteKit page of the same bytes in the same run.
Warm-up, then three rounds of ten seconds a page. A database of its own is filled at the first run.
`;

const RATE = 50;
const SECONDS = 10;
const ROUNDS = 3;
const TARGET_P99_MS = 60;

export const command: Command = {
  name: 'web',
  summary: 'Pages at 50 requests a second, beside a bare SvelteKit page of the same bytes',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, { json: { type: 'boolean', default: false } });
    await ensureBuilt();
    buildPeer();
    const database = await benchDatabase('web', [['reference'], ['demo']], io);
    const ours = await startServer(
      'src/cli/launcher/web.ts',
      { DATABASE_URL: database.url, DEMO: '1' },
      '/livez',
    );
    const peer = await startServer('tests/bench/peer/build/index.js', {}, '/');
    try {
      const rows = await measure(ours, peer, await paths(database.pool), io);
      print(await report('web', database.pool, rows), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await Promise.all([ours.stop(), peer.stop()]);
      await database.close();
    }
  },
};

async function paths(pool: { query(text: string): Promise<{ rows: { id: string }[] }> }) {
  const opportunity = await pool.query(
    `select id from opportunity where status = 'published' and visibility = 'public' order by id limit 1`,
  );
  return [
    { name: 'home', path: '/' },
    { name: 'list', path: '/opportunities' },
    { name: 'detail', path: `/opportunities/${opportunity.rows[0]?.id ?? ''}` },
  ];
}

async function measure(
  ours: RunningServer,
  peer: RunningServer,
  pages: { name: string; path: string }[],
  io: CommandIo,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, path } of pages) {
    const [first] = await oneByOne(20, () => ours.origin + path);
    const bytes = first?.bytes ?? 0;
    const peerUrl = `${peer.origin}/?bytes=${bytes}`;
    await oneByOne(20, () => peerUrl);
    const shots: Shot[] = [];
    const peerShots: Shot[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      io.err(`  … ${name}: round ${round} of ${ROUNDS}`);
      shots.push(
        ...(await steadyLoad({
          rate: RATE,
          seconds: SECONDS,
          url: () => ours.origin + path,
          signal: io.signal,
        })),
      );
      peerShots.push(
        ...(await steadyLoad({ rate: RATE, seconds: SECONDS, url: () => peerUrl, signal: io.signal })),
      );
    }
    requireOk(shots, path);
    requireOk(peerShots, 'the peer');
    const summary = summarise(shots.map(({ ms }) => ms));
    const bare = summarise(peerShots.map(({ ms }) => ms));
    rows.push(
      row({
        name: `${name} p99 at ${RATE}/s (${bytes} bytes)`,
        value: summary.p99,
        summary,
        peer: { name: 'bare SvelteKit page', value: bare.p99 },
        target: { is: '<=', than: TARGET_P99_MS },
      }),
    );
  }
  return rows;
}

/** Builds the peer once; it changes only with the packages. */
function buildPeer(): void {
  if (existsSync('tests/bench/peer/build/index.js')) return;
  execFileSync(process.execPath, ['../../../node_modules/vite/bin/vite.js', 'build'], {
    cwd: 'tests/bench/peer',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
