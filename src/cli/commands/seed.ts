import {
  CommandError,
  parseCommandLine,
  UsageError,
  wholeNumber,
  type Command,
  type CommandIo,
} from '../command.ts';
import { loadDemo } from '../seed/demo/load.ts';
import { seedScale } from '../seed/load-scale.ts';
import { loadReference, ReferenceDataError } from '#lib/server/insight/load/reference.ts';

const HELP = `
Usage: npm run cli -- seed reference [--dir data]
       npm run cli -- seed demo
       npm run cli -- seed --scale N

Fills the database.

  reference   minerals, countries, capabilities, certifications, KSIC, production, prices, projects and
              frameworks from the CSV files of a folder. Loading twice changes nothing; a changed row is
              updated and its old value kept in the audit trail.

  demo        the demonstration: invented companies, project leads and people, their notices, expressions of
              interest and vetting cases, marked as invented. Loaded once; what people did since stays.

  --scale N   N made-up companies and N/10 opportunities for measurements, the same on every machine

Exit codes: 0 done, 2 wrong arguments, or a file has faults (nothing is loaded; each fault is listed as
FILE:line: field: what is wrong, what was expected).
`;

/** The ways of filling the database, by their name on the command line. */
const SEEDS: Record<string, (args: string[], io: CommandIo) => Promise<number>> = { reference, demo };

export const command: Command = {
  name: 'seed',
  summary: 'Fills the database: reference data, the demonstration, made-up records',
  help: HELP,
  async run(args, io) {
    if (args.some((arg) => arg.startsWith('--scale'))) return scale(args, io);
    const [name = '', ...rest] = args;
    const seed = SEEDS[name];
    if (!seed) throw new UsageError(`What to seed? One of: ${Object.keys(SEEDS).join(', ')}.`);
    return seed(rest, io);
  },
};

async function reference(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, { dir: { type: 'string', default: 'data' } });
  const { db } = await io.connection();
  const progress = io.progress('reference data');
  try {
    const summary = await loadReference(db, {
      dir: values.dir,
      onProgress: (done, total) => progress.set(done, total),
      now: io.now,
    });
    progress.end();
    io.out(
      summary.files.length === 0
        ? 'reference: unchanged'
        : `reference: added ${summary.added}, updated ${summary.updated}, removed ${summary.removed}`,
    );
    return 0;
  } catch (error) {
    progress.end();
    if (!(error instanceof ReferenceDataError)) throw error;
    throw new CommandError([...error.faults, error.message].join('\n'), 2);
  }
}

/** Where the demonstration is written down. */
const DEMO_FOLDER = 'data/demo';

async function demo(args: string[], io: CommandIo): Promise<number> {
  parseCommandLine(args, {});
  const loaded = await loadDemo(DEMO_FOLDER, io);
  io.out(
    loaded === null
      ? 'demo: unchanged'
      : `demo: ${loaded.companies} companies, ${loaded.opportunities} opportunities, ${loaded.steps} steps`,
  );
  return 0;
}

async function scale(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, { scale: { type: 'string', default: '' } });
  await seedScale(wholeNumber('--scale', values.scale, 1, 2_000_000), io);
  return 0;
}
