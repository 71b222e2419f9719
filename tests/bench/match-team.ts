import { parseCommandLine, type Command } from '../../src/cli/command.ts';
import { benchDatabase } from './support/database.ts';
import { print, report, row, type Row } from './support/report.ts';
import { summarise } from './support/stats.ts';
import { smallestTeams, type TeamCandidate } from '#lib/domain/match/team.ts';

const HELP = `
Usage: npm run bench -- match-team [--json]

The smallest team for ten must lines among two thousand candidates, with proof, over forty made-up worlds, five rounds
after a warm-up. A row of the match bench as well.
`;

const LINES = 10;
const CANDIDATES = 2000;
const WORLDS = 40;
const ROUNDS = 5;
const TARGET_MS = 150;

export const command: Command = {
  name: 'match-team',
  summary: 'The smallest team for ten lines among two thousand candidates, proven',
  help: HELP,
  async run(args, io) {
    const { values } = parseCommandLine(args, { json: { type: 'boolean', default: false } });
    const database = await benchDatabase('web', [['reference'], ['demo']], io);
    try {
      const rows = [measureTeams()];
      print(await report('match-team', database.pool, rows), values.json, io.out);
      return rows.some(({ ok }) => ok === false) ? 1 : 0;
    } finally {
      await database.close();
    }
  },
};

/**
 * The smallest team for ten must lines among two thousand candidates, proven: over worlds from where one company
 * does it alone to where six are needed, with scores that differ and with scores that are all the same.
 */
export function measureTeams(): Row {
  const worlds = Array.from({ length: WORLDS }, (_, number) => world(number));
  const times: number[] = [];
  let proven = 0;
  for (const candidates of worlds) smallestTeams(candidates, LINES, LINES);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const candidates of worlds) {
      const began = performance.now();
      const found = smallestTeams(candidates, LINES, LINES);
      times.push(performance.now() - began);
      if (found.provenMinimal && found.proof.gap === 0) proven += 1;
    }
  const summary = summarise(times);
  return row({
    name: `smallest team, ${LINES} lines × ${CANDIDATES} candidates, p95 (${proven} of ${times.length} proven)`,
    value: proven === times.length ? summary.p95 : Number.POSITIVE_INFINITY,
    summary,
    target: { is: '<=', than: TARGET_MS },
  });
}

/** A made-up world; the same one for the same number. */
function world(number: number): TeamCandidate[] {
  let seed = number + 1;
  const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const share = [0.04, 0.08, 0.15, 0.25, 0.4][number % 5] ?? 0.15;
  const alike = number % 2 === 1;
  return Array.from({ length: CANDIDATES }, (_, at) => {
    let cover = 0;
    for (let line = 0; line < LINES; line += 1) if (next() < share) cover |= 1 << line;
    return { id: `c${String(at).padStart(4, '0')}`, cover, units: alike ? 1 : Math.floor(next() * 16_384) };
  });
}
