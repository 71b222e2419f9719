import { access } from 'node:fs/promises';
import { CommandError, parseCommandLine, UsageError, type Command, type CommandIo } from '../command.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { answerMatch, matchQuestion, resolvePair, type BatchOutcome } from '#lib/server/match/batch.ts';
import { runAll, startRun } from '#lib/server/match/run-job.ts';
import { openRun } from '#lib/server/match/run-queries.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';
import { readLines, UnreadableFile } from '#lib/server/platform/import/lines.ts';

const HELP = `
Usage: npm run cli -- match query FILE --json [--lang ko|en]
       npm run cli -- match explain --opportunity ID --company ID [--source NAME] [--json] [--lang ko|en]
       npm run cli -- match run [--json]
       npm run cli -- match eval [--each]
       npm run cli -- match fit [--write]

Companies for opportunities, opportunities for companies, and teams, with the whole reckoning.

  query     one question a line of FILE (docs/formats.md), one answer a line on standard output
  explain   every part, gate and raise of one pair in words, as JSON; ids are those of the imported files or of the
            portal, --source tells equal ones apart
  run       reckons the list of every open opportunity and stores what differs; a run that was broken off goes on
  eval      quality on the development set beside BM25 over the same text; --each shows every list with its grades
  fit       sets the weights on the development set with five-fold cross-validation; --write saves them where they
            help on needs they were not fitted on (some minutes; needs no database)

Exit codes: 0 done, 1 failed, 2 wrong arguments, or a question could not be answered (its line says why).
`;

export const command: Command = {
  name: 'match',
  summary: 'Answers matching questions of a file, explains one pair, measures and fits the model',
  help: HELP,
  async run(args, io) {
    const [what = '', ...rest] = args;
    if (what === 'query') return query(rest, io);
    if (what === 'explain') return explain(rest, io);
    if (what === 'run') return run(rest, io);
    if (what === 'eval') return evaluate(rest, io);
    if (what === 'fit') return fit(rest, io);
    throw new UsageError('What to do? One of: query, explain, run, eval, fit.');
  },
};

async function contextFor(io: CommandIo, lang: string): Promise<Context> {
  if (lang !== 'ko' && lang !== 'en')
    throw new UsageError(`--lang: ${JSON.stringify(lang)} is neither ko nor en.`);
  const { db } = await io.connection();
  return { ...systemContext(db, 'cli.match', io.now), lang };
}

/** A whole run here and now; one that is waiting or under way is taken over and brought to its end. */
async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, { json: { type: 'boolean', default: false } });
  const ctx = await contextFor(io, 'en');
  await startRun(ctx);
  const id = await openRun(ctx.db);
  if (id === null) throw new CommandError('The run could not be started.', 1);
  const progress = io.progress('opportunities');
  const made = await runAll(ctx, { run: id }, ({ done, total }) => {
    progress.set(done, total);
    return !io.signal.aborted;
  }).finally(() => progress.end());
  if (made === null) throw new CommandError('The run was stopped.', 1);
  io.out(
    values.json
      ? JSON.stringify(made)
      : `lists: ${made.done}; pairs: written ${made.written}, unchanged ${made.unchanged}, removed ${made.removed}`,
  );
  return made.state === 'done' ? 0 : 1;
}

async function query(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandLine(
    args,
    { json: { type: 'boolean', default: false }, lang: { type: 'string', default: 'en' } },
    [1, 1],
  );
  const [path = ''] = positionals;
  await access(path).catch(() => {
    throw new CommandError(`${path}: the file cannot be read.`, 2);
  });
  const ctx = await contextFor(io, values.lang);
  let unanswered = 0;
  try {
    for await (const { line, raw, fault } of readLines(path)) {
      if (io.signal.aborted) return 1;
      const parsed = fault === null ? matchQuestion.safeParse(raw) : null;
      if (parsed?.success !== true) {
        unanswered += 1;
        const [issue] = parsed?.error?.issues ?? [];
        io.err(`${path}:${line}: ${issue?.path.join('.') || 'question'}: ${fault ?? issue?.message ?? ''}`);
        continue;
      }
      const outcome = await answerMatch(ctx, parsed.data);
      if (!outcome.ok) {
        unanswered += 1;
        io.err(`${path}:${line}: ${explainRefusal(outcome, parsed.data[outcome.noun])}`);
      }
      io.out(JSON.stringify(outcome.ok ? outcome.answer : { id: parsed.data.id, error: outcome.code }));
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw new CommandError(error.message, 2);
    throw error;
  }
  return unanswered === 0 ? 0 : 2;
}

function explainRefusal({ code, noun }: Exclude<BatchOutcome, { ok: true }>, asked = ''): string {
  const id = JSON.stringify(asked);
  return code === 'ambiguous'
    ? `${noun}: ${id} is known from several sources, expected "source" to say which`
    : `${noun}: ${id} is not known, expected an imported id`;
}

async function explain(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, {
    opportunity: { type: 'string' },
    company: { type: 'string' },
    source: { type: 'string' },
    json: { type: 'boolean', default: false },
    lang: { type: 'string', default: 'en' },
  });
  const { opportunity, company } = values;
  if (opportunity === undefined || company === undefined)
    throw new UsageError('--opportunity and --company are needed.');
  const ctx = await contextFor(io, values.lang);
  const pair = await resolvePair(ctx, { opportunity, company }, values.source ?? null);
  if (!pair.ok) throw new CommandError(explainRefusal(pair, { opportunity, company }[pair.noun]), 2);
  const why = await explainPair(ctx, pair);
  if (why === null) throw new CommandError('The opportunity or the company is not known.', 2);
  io.out(JSON.stringify(why, null, 2));
  return 0;
}

async function evaluate(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, { each: { type: 'boolean', default: false } });
  const { evaluate: measureSet } = await developmentSet(() => import('../../../tests/match/evaluate.ts'));
  measureSet(io.out, values.each);
  return 0;
}

async function fit(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, { write: { type: 'boolean', default: false } });
  const { fit: fitWeights } = await developmentSet(() => import('../../../tests/match/fit.ts'));
  return fitWeights(io.out, values.write, io.signal) ? 0 : 1;
}

/** The development set lies beside the tests; an image for operation is made without them. */
async function developmentSet<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      throw new CommandError('The development set (tests/match) is not part of this installation.', 2);
    throw error;
  }
}
