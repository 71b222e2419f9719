import { access } from 'node:fs/promises';
import { CommandError, parseCommandLine, UsageError, type Command, type CommandIo } from '../command.ts';
import { indexStale } from '../index-stale.ts';
import { companyImport } from '#lib/server/company/import.ts';
import { opportunityImport } from '#lib/server/opportunity/import.ts';
import { UnreadableFile } from '#lib/server/platform/import/lines.ts';
import { readReference } from '#lib/server/platform/import/reference.ts';
import { runImport, type ImportOptions, type ImportResult } from '#lib/server/platform/import/run.ts';
import type { Connection } from '#lib/server/platform/db.ts';
import { projectImport } from '#lib/server/project/import.ts';

const HELP = `
Usage: npm run cli -- import <companies|opportunities|projects> FILE --source NAME [options]

Takes records in from a file: JSON Lines, for companies also CSV and XLSX (docs/formats.md). A record is known by
its source and id: importing again updates it, an unchanged record writes nothing.

  --source NAME     where the records come from (needed)
  --dry-run         checks and counts everything, changes nothing
  --skip-invalid    imports the good records; the others go to FILE.rejected.jsonl with their faults
  --trusted         companies only: the file may set the status

Exit codes: 0 done, 1 failed, 2 wrong arguments, or records were refused and nothing was imported.
`;

const KINDS = { companies: 'company', opportunities: 'opportunity', projects: 'project' } as const;
type Kind = keyof typeof KINDS;

export const command: Command = {
  name: 'import',
  summary: 'Takes in companies, opportunities or projects from a file',
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseCommandLine(
      args,
      {
        source: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'skip-invalid': { type: 'boolean', default: false },
        trusted: { type: 'boolean', default: false },
      },
      [2, 2],
    );
    const [what = '', path = ''] = positionals;
    if (!isKind(what)) throw new UsageError(`What to import? One of: ${Object.keys(KINDS).join(', ')}.`);
    const source = values.source?.trim() ?? '';
    if (!/^[\w.-]{1,60}$/u.test(source) || source === 'portal' || source === 'reference') {
      throw new UsageError(
        '--source: a name of letters, digits, dot, dash, other than portal and reference.',
      );
    }
    if (values.trusted && what !== 'companies') throw new UsageError('--trusted: for companies only.');
    await access(path).catch(() => {
      throw new CommandError(`${path}: the file cannot be read.`, 2);
    });
    const connection = await io.connection();
    const progress = io.progress(values['dry-run'] ? `checking ${what}` : what);
    const options: ImportOptions = {
      path,
      source,
      dryRun: values['dry-run'],
      skipInvalid: values['skip-invalid'],
      onProgress: (records) => progress.advance(records),
      signal: io.signal,
    };
    const result = await importKind(what, connection, options, values.trusted).finally(() => progress.end());
    return report(result, options, io, () => indexStale(KINDS[what], connection.db, result.stale, io));
  },
};

function isKind(what: string): what is Kind {
  return what in KINDS;
}

async function importKind(
  what: Kind,
  { db, pool }: Connection,
  options: ImportOptions,
  trusted: boolean,
): Promise<ImportResult> {
  const { reference, alpha2 } = await readReference(db);
  try {
    if (what === 'companies') return await runImport(pool, companyImport(reference, trusted), options);
    if (what === 'opportunities') return await runImport(pool, opportunityImport(reference), options);
    return await runImport(pool, projectImport(reference, alpha2), options);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new CommandError(error.message, 2);
    throw error;
  }
}

async function report(
  result: ImportResult,
  options: ImportOptions,
  io: CommandIo,
  index: () => Promise<void>,
): Promise<number> {
  for (const fault of result.faults) io.err(fault);
  if (result.faultCount > result.faults.length) {
    io.err(`… and ${result.faultCount - result.faults.length} more faults.`);
  }
  if (result.counts.refused > 0 && !options.skipInvalid) {
    io.err('Nothing was imported. Correct the file, or use --skip-invalid to import the other records.');
  }
  if (result.stale.length > 0) await index();
  const { imported, updated, unchanged, refused } = result.counts;
  io.out(`imported ${imported}, updated ${updated}, unchanged ${unchanged}, refused ${refused}`);
  return refused > 0 && !options.skipInvalid ? 2 : 0;
}
