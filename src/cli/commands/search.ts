import { access } from 'node:fs/promises';
import { CommandError, parseCommandLine, UsageError, type Command, type CommandIo } from '../command.ts';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { readLines, UnreadableFile } from '#lib/server/platform/import/lines.ts';
import { answerSearch, batchQuery } from '#lib/server/search/batch.ts';
import { searchEngine } from '#lib/server/search/engine.ts';
import { rebuild, type Progress } from '#lib/server/search/index-job.ts';
import { verify } from '#lib/server/search/verify.ts';

const HELP = `
Usage: npm run cli -- search query FILE --json [--engine postgres]
       npm run cli -- search rebuild [companies|opportunities|projects ...]
       npm run cli -- search verify [--fix]

  query     one search a line of FILE (docs/formats.md), one answer a line on standard output
  rebuild   builds the index anew from the tables; searches go on meanwhile
  verify    compares index and tables document by document; --fix repairs what differs

Exit codes: 0 done, 1 failed or index and tables differ, 2 wrong arguments, or a line could not be read.
`;

const KINDS: Readonly<Record<string, IndexKind>> = {
  companies: 'company',
  opportunities: 'opportunity',
  projects: 'project',
};

export const command: Command = {
  name: 'search',
  summary: 'Answers searches of a file, rebuilds or checks the search index',
  help: HELP,
  async run(args, io) {
    const [what = '', ...rest] = args;
    if (what === 'query') return query(rest, io);
    if (what === 'rebuild') return rebuildIndex(rest, io);
    if (what === 'verify') return verifyIndex(rest, io);
    throw new UsageError('What to do? One of: query, rebuild, verify.');
  },
};

async function query(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandLine(
    args,
    { json: { type: 'boolean', default: false }, engine: { type: 'string', default: 'postgres' } },
    [1, 1],
  );
  if (values.engine !== 'postgres')
    throw new UsageError(`--engine: ${JSON.stringify(values.engine)} is not built in. One of: postgres.`);
  const [path = ''] = positionals;
  await access(path).catch(() => {
    throw new CommandError(`${path}: the file cannot be read.`, 2);
  });
  const { db } = await io.connection();
  const engine = searchEngine(db);
  let unread = 0;
  try {
    for await (const { line, raw, fault } of readLines(path)) {
      if (io.signal.aborted) return 1;
      const parsed = fault === null ? batchQuery.safeParse(raw) : null;
      if (parsed?.success !== true) {
        unread += 1;
        const [issue] = parsed?.error?.issues ?? [];
        io.err(`${path}:${line}: ${issue?.path.join('.') || 'search'}: ${fault ?? issue?.message ?? ''}`);
        continue;
      }
      io.out(JSON.stringify(await answerSearch(engine, parsed.data)));
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw new CommandError(error.message, 2);
    throw error;
  }
  return unread === 0 ? 0 : 2;
}

/** Shows the work of each kind as a line of its own. */
function shown(io: CommandIo): { step(p: Progress): void; end(): void } {
  let kind: IndexKind | null = null;
  let display = io.progress('search', 0);
  return {
    step(p) {
      if (p.kind !== kind) {
        display.end();
        display = io.progress(`search ${p.kind}`, p.total);
        kind = p.kind;
      }
      display.set(p.done, p.total);
    },
    end: () => display.end(),
  };
}

async function rebuildIndex(args: string[], io: CommandIo): Promise<number> {
  const { positionals } = parseCommandLine(args, {}, [0, 3]);
  const kinds = positionals.map((name) => {
    const kind = KINDS[name];
    if (!kind) throw new UsageError(`Rebuild what? Any of: ${Object.keys(KINDS).join(', ')}.`);
    return kind;
  });
  const { db } = await io.connection();
  const display = shown(io);
  const counts = await rebuild(db, kinds.length > 0 ? kinds : INDEX_KINDS, (p) => display.step(p));
  display.end();
  io.out(
    `indexed ${counts.company} companies, ${counts.opportunity} opportunities, ${counts.project} projects`,
  );
  return 0;
}

async function verifyIndex(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, { fix: { type: 'boolean', default: false } }, [0, 0]);
  const { db } = await io.connection();
  const display = shown(io);
  const drift = await verify(db, { fix: values.fix, progress: (p) => display.step(p) });
  display.end();
  for (const { kind, id, what } of drift.slice(0, 50)) io.out(`${what} ${kind} ${id}`);
  io.out(`${drift.length} documents differ${values.fix && drift.length > 0 ? ', repaired' : ''}`);
  return drift.length === 0 || values.fix ? 0 : 1;
}
