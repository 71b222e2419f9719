import { access } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { CommandError, parseCommandLine, UsageError, type Command, type CommandIo } from '../command.ts';
import { judgedPairs, printComparison, printEvaluation, type Pair } from '../search-quality.ts';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { config } from '#lib/server/platform/config.ts';
import { readLines, UnreadableFile } from '#lib/server/platform/import/lines.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { answerSearch, batchQuery, type BatchQuery } from '#lib/server/search/batch.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { rebuildAlone, type Progress } from '#lib/server/search/index-job.ts';
import { MeiliError } from '#lib/server/search/meili-client.ts';
import type { EngineName, SearchEngine } from '#lib/server/search/port.ts';
import { bringNow } from '#lib/server/search/sync-job.ts';
import { verify } from '#lib/server/search/verify.ts';

const HELP = `
Usage: npm run cli -- search query FILE --json [--engine postgres|meilisearch]
       npm run cli -- search rebuild [companies|opportunities|projects ...] [--engine ...]
       npm run cli -- search verify [--fix] [--engine ...]
       npm run cli -- search compare [FILE]
       npm run cli -- search eval [--engine ...]

  query     one search a line of FILE (docs/formats.md), one answer a line on standard output
  rebuild   builds the index anew from the tables; searches go on meanwhile. Goes on where it was cut off
  verify    compares index and tables document by document; --fix repairs what differs
  compare   asks both engines the searches of FILE, or the judged ones of tests/search, and lists those
            whose first ten differ
  eval      asks the judged searches of tests/search: NDCG@10 and recall@10 of each class

  --engine  postgres, or meilisearch where MEILI_URL is set. Without it: query asks the engine in use, the
            others do every engine there is

Exit codes: 0 done, 1 failed, index and tables differ, or fewer than nine in ten queries agree, 2 wrong
arguments, or a line could not be read.
`;

const KINDS: Readonly<Record<string, IndexKind>> = {
  companies: 'company',
  opportunities: 'opportunity',
  projects: 'project',
};

const ENGINE = { engine: { type: 'string' } } as const;
const ENOUGH_ALIKE = 0.9;

type Work = (args: string[], io: CommandIo) => Promise<number>;

const WORKS: Readonly<Record<string, Work>> = {
  query,
  rebuild: rebuildIndex,
  verify: verifyIndex,
  compare,
  eval: evaluateEngines,
};

export const command: Command = {
  name: 'search',
  summary: 'Answers searches of a file; rebuilds, checks or compares the search indexes',
  help: HELP,
  async run(args, io) {
    const [what = '', ...rest] = args;
    const work = Object.hasOwn(WORKS, what) ? WORKS[what] : undefined;
    if (!work) throw new UsageError(`What to do? One of: ${Object.keys(WORKS).join(', ')}.`);
    try {
      return await work(rest, io);
    } catch (error) {
      if (error instanceof MeiliError) throw new CommandError(`Search server: ${error.message}`);
      throw error;
    }
  },
};

/** The engines meant by --engine: the named one, or all that are set up. */
function enginesMeant(named: string | undefined): EngineName[] {
  const there: EngineName[] = config().meili === null ? ['postgres'] : ['postgres', 'meilisearch'];
  if (named === undefined) return there;
  const meant = there.find((name) => name === named || (name === 'meilisearch' && named === 'meili'));
  if (meant) return [meant];
  throw new UsageError(
    `--engine: ${JSON.stringify(named)} is not there. One of: ${there.join(', ')}${there.length === 1 ? '; meilisearch needs MEILI_URL' : ''}.`,
  );
}

/** The engine by itself, or the one in use: the search server if it is in order, else PostgreSQL. */
async function engineFor(db: Kysely<Database>, named: string | undefined): Promise<SearchEngine> {
  const { postgres, server, fallback } = searchParts(db);
  if (named !== undefined) return enginesMeant(named)[0] === 'meilisearch' && server ? server : postgres;
  if (fallback === null) return postgres;
  await fallback.look();
  return fallback;
}

/** The searches of a file; a line that cannot be read is told of and counted. */
async function* searchesOf(
  path: string,
  io: CommandIo,
  unread: { count: number },
): AsyncGenerator<BatchQuery> {
  await access(path).catch(() => {
    throw new CommandError(`${path}: the file cannot be read.`, 2);
  });
  try {
    for await (const { line, raw, fault } of readLines(path)) {
      if (io.signal.aborted) return;
      const parsed = fault === null ? batchQuery.safeParse(raw) : null;
      if (parsed?.success === true) yield parsed.data;
      else {
        unread.count += 1;
        const [issue] = parsed?.error?.issues ?? [];
        io.err(`${path}:${line}: ${issue?.path.join('.') || 'search'}: ${fault ?? issue?.message ?? ''}`);
      }
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw new CommandError(error.message, 2);
    throw error;
  }
}

async function query(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandLine(
    args,
    { json: { type: 'boolean', default: false }, ...ENGINE },
    [1, 1],
  );
  if (values.engine !== undefined) enginesMeant(values.engine);
  const [path = ''] = positionals;
  const unread = { count: 0 };
  const { db } = await io.connection();
  const engine = await engineFor(db, values.engine);
  for await (const search of searchesOf(path, io, unread))
    io.out(JSON.stringify(await answerSearch(engine, search)));
  if (io.signal.aborted) return 1;
  return unread.count === 0 ? 0 : 2;
}

/** Shows the work of each kind as a line of its own. */
function shown(io: CommandIo, name: EngineName): { step(p: Progress): void; end(): void } {
  let kind: IndexKind | null = null;
  let display = io.progress(`search in ${name}`, 0);
  return {
    step(p) {
      if (p.kind !== kind) {
        display.end();
        display = io.progress(`search ${p.kind} in ${name}`, p.total);
        kind = p.kind;
      }
      display.set(p.done, p.total);
    },
    end: () => display.end(),
  };
}

async function rebuildIndex(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandLine(args, ENGINE, [0, 3]);
  const named = positionals.map((name) => {
    const kind = KINDS[name];
    if (!kind) throw new UsageError(`Rebuild what? Any of: ${Object.keys(KINDS).join(', ')}.`);
    return kind;
  });
  const engines = enginesMeant(values.engine);
  const { db } = await io.connection();
  for (const name of engines) {
    const counts = { company: 0, opportunity: 0, project: 0 };
    const display = shown(io, name);
    for (const kind of named.length > 0 ? named : INDEX_KINDS)
      counts[kind] =
        (await rebuildAlone(db, name, kind, { progress: (p) => display.step(p), wait: true })) ?? 0;
    if (name === 'meilisearch') await bringNow(db);
    display.end();
    const { company, opportunity, project } = counts;
    io.out(`${name}: indexed ${company} companies, ${opportunity} opportunities, ${project} projects`);
  }
  return 0;
}

async function verifyIndex(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, { fix: { type: 'boolean', default: false }, ...ENGINE }, [0, 0]);
  const engines = enginesMeant(values.engine);
  const { db } = await io.connection();
  let differ = 0;
  for (const name of engines) {
    const display = shown(io, name);
    const drift = await verify(db, { engine: name, fix: values.fix, progress: (p) => display.step(p) });
    display.end();
    for (const { kind, id, what } of drift.slice(0, 50)) io.out(`${name}: ${what} ${kind} ${id}`);
    io.out(`${name}: ${drift.length} documents differ${values.fix && drift.length > 0 ? ', repaired' : ''}`);
    differ += drift.length;
  }
  return differ === 0 || values.fix ? 0 : 1;
}

async function evaluateEngines(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseCommandLine(args, ENGINE, [0, 0]);
  await printEvaluation(io, enginesMeant(values.engine));
  return 0;
}

const FIRST = 10;

async function compare(args: string[], io: CommandIo): Promise<number> {
  const { positionals } = parseCommandLine(args, {}, [0, 1]);
  enginesMeant('meilisearch');
  const [path] = positionals;
  const unread = { count: 0 };
  const pairs = path === undefined ? await judgedPairs(io) : await filePairs(path, io, unread);
  const share = printComparison(io, pairs);
  if (unread.count > 0) return 2;
  return share >= ENOUGH_ALIKE ? 0 : 1;
}

async function filePairs(path: string, io: CommandIo, unread: { count: number }): Promise<Pair[]> {
  const { db } = await io.connection();
  const [postgres, meilisearch] = [await engineFor(db, 'postgres'), await engineFor(db, 'meilisearch')];
  const ids = async (engine: SearchEngine, search: BatchQuery) =>
    (await answerSearch(engine, { ...search, limit: FIRST })).hits.map((hit) => hit.id);
  const pairs: Pair[] = [];
  for await (const search of searchesOf(path, io, unread))
    pairs.push({
      q: search.q,
      postgres: await ids(postgres, search),
      meilisearch: await ids(meilisearch, search),
    });
  return pairs;
}
