import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CommandError, parseCommandLine, UsageError, type Command, type CommandIo } from '../command.ts';
import { prepareList, screen, type Candidate, type PreparedList } from '#lib/domain/vetting/screening.ts';
import { listEntry, screeningQuestion, type ListEntry } from '#lib/domain/vetting/screening-record.ts';
import { checkFile, faultText } from '#lib/server/platform/import/check.ts';
import { UnreadableFile } from '#lib/server/platform/import/lines.ts';

export const command: Command = {
  name: 'vetting',
  summary: 'looks for the persons and organisations of a file on a restricted list',
  help: `
Usage: npm run cli -- vetting screen --list LIST FILE [--json]

Says who on a restricted list the persons and organisations of FILE may be. Both files are JSON Lines
(docs/formats.md). A candidate is for a person to decide on; nothing is stored, and no database is needed.

  --list LIST   entries of the list, one a line; with a fault in it nothing is looked for
  --json        one answer a line for programs; else lines for reading

Exit codes: 0 done, 1 failed, 2 wrong arguments, a fault in the list, or a line that could not be answered.`,
  async run(args, io) {
    const [what = '', ...rest] = args;
    if (what !== 'screen') throw new UsageError('What to do? screen.');
    const { values, positionals } = parseCommandLine(
      rest,
      { list: { type: 'string' }, json: { type: 'boolean', default: false } },
      [1, 1],
    );
    if (values.list === undefined) throw new UsageError('--list is needed.');
    try {
      return await screenFile(values.list, positionals[0] ?? '', values.json, io);
    } catch (error) {
      if (error instanceof UnreadableFile) throw new CommandError(error.message, 2);
      throw error;
    }
  },
};

async function screenFile(listPath: string, path: string, json: boolean, io: CommandIo): Promise<number> {
  const { list, version } = await readList(listPath, io);
  await bytesOf(path);
  let unanswered = 0;
  for await (const line of checkFile({ path, schema: screeningQuestion })) {
    if (io.signal.aborted) return 1;
    if (!line.ok) {
      unanswered += 1;
      for (const fault of line.faults) io.err(faultText(path, fault));
      continue;
    }
    const { id } = line.record;
    const candidates = screen(list, line.record);
    io.out(json ? JSON.stringify({ id, list_version: version, candidates }) : inWords(id, candidates));
  }
  return unanswered === 0 ? 0 : 2;
}

/** The list made ready, and the SHA-256 of its file, which names the version that was looked through. */
async function readList(path: string, io: CommandIo): Promise<{ list: PreparedList; version: string }> {
  const version = createHash('sha256')
    .update(await bytesOf(path))
    .digest('hex');
  const entries: ListEntry[] = [];
  let faulty = false;
  for await (const line of checkFile({ path, schema: listEntry })) {
    if (line.ok) entries.push(line.record);
    else {
      faulty = true;
      for (const fault of line.faults) io.err(faultText(path, fault));
    }
  }
  if (faulty) throw new CommandError('The list has faults; nobody was looked for.', 2);
  return { list: prepareList(entries), version };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return await readFile(path).catch(() => {
    throw new CommandError(`${path}: the file cannot be read.`, 2);
  });
}

function inWords(id: string, candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return `${id}: nobody on the list`;
  const lines = candidates.map(({ entry, score, matched_name, parts }) => {
    const why = parts.map(({ name, value }) => `${name} ${value.toFixed(2)}`).join(', ');
    return `  ${score.toFixed(2)}  ${entry}  ${matched_name}  (${why})`;
  });
  return [`${id}: ${candidates.length} to look at`, ...lines].join('\n');
}
