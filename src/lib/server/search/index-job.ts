import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { INDEX_KINDS, type IndexKind, type SearchDocument } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { lexiconBefore, lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import type { EngineName, SearchEngine } from '#lib/server/search/port.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { documentsOf, readDocuments, type Making } from '#lib/server/search/documents.ts';
import { alone, noteForServer } from '#lib/server/search/outbox-queries.ts';
import {
  beginRebuild,
  endRebuild,
  noteRebuilt,
  unfinishedRebuild,
  type RebuildState,
} from '#lib/server/search/rebuild-queries.ts';
import { touchedSince } from '#lib/server/search/lexicon-touch-queries.ts';
import {
  changeMark,
  countSources,
  drawVersion,
  idsAfter,
  idsChangedAfter,
} from '#lib/server/search/source-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { gathering } from '#lib/server/platform/gather.ts';
import { addJob } from '#lib/server/platform/job-queue.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Keeps the search index in step with the tables. Safe to repeat: it reads the present rows and writes their documents. */

const BATCH = 500;
/** Documents made in one go. */
const AT_ONCE = 50;

export interface Progress {
  kind: IndexKind;
  done: number;
  total: number;
}

/** Writes the present documents of some rows to one engine; what is gone from the tables leaves its index. */
export async function writeTo(
  engine: SearchEngine,
  db: Kysely<Database>,
  kind: IndexKind,
  ids: readonly string[],
): Promise<void> {
  for (let i = 0; i < ids.length; i += BATCH) {
    const some = ids.slice(i, i + BATCH);
    const version = await drawVersion(db);
    // After the version is drawn: what is written under it was read with this lexicon or a later one.
    const words = await lexiconOf(db);
    const documents = await documentsOf(db, words.lexicon, kind, some, version);
    await engine.upsert(documents);
    const there = new Set(documents.map((d) => d.id));
    await engine.remove(
      kind,
      some.filter((id) => !there.has(id)).map((id) => ({ id, version })),
    );
  }
}

/**
 * Brings the documents of some rows up to date: in PostgreSQL at once, so that it can answer at any moment in place
 * of the search server; the server gets them from a job of its own (sync-job.ts), for it may be away or slow.
 */
export async function reindex(db: Kysely<Database>, kind: IndexKind, ids: readonly string[]): Promise<void> {
  if (searchParts(db).meilisearch) await noteForServer(db, kind, ids);
  await writeTo(searchParts(db).postgres, db, kind, ids);
}

interface Source {
  kind: IndexKind;
  words: Lexicon;
  /** Begin behind this id. */
  after: string;
  done: number;
}

async function* allDocuments(
  db: Kysely<Database>,
  { kind, words, after, done }: Source,
  progress: (p: Progress) => void,
): AsyncGenerator<SearchDocument[]> {
  const total = await countSources(db, kind);
  let coming = readAfter(db, kind, words, after);
  for (let n = done; ;) {
    const { ids, making } = await coming;
    const last = ids.at(-1);
    if (last === undefined) return;
    coming = readAfter(db, kind, words, last);
    // Heard of when it is its turn; the caller may have given up before.
    coming.catch(() => undefined);
    yield await makeAll(making);
    n += ids.length;
    progress({ kind, done: n, total });
  }
}

/** The rows behind an id, read while the documents before them are made. */
async function readAfter(
  db: Kysely<Database>,
  kind: IndexKind,
  words: Lexicon,
  after: string,
): Promise<{ ids: string[]; making: Making }> {
  const [version, ids] = await Promise.all([drawVersion(db), idsAfter(db, kind, after, BATCH)]);
  return { ids, making: await readDocuments(db, words, kind, ids, version) };
}

/** Documents are made a few at a time: answers of the database that arrive meanwhile are not kept waiting. */
async function makeAll(making: Making): Promise<SearchDocument[]> {
  const made: SearchDocument[] = [];
  for (const document of making) {
    made.push(document);
    if (made.length % AT_ONCE === 0) await setImmediate();
  }
  return made;
}

/** Below so many documents, changing them in place is quick enough in any case. */
const FEW = 5000;
/** From this share of all documents on, writing the whole index anew takes less time than changing it in place. */
const GREAT_SHARE = 0.4;

/** Is writing the index of a kind anew quicker than changing so many of its documents? */
export async function isQuickerAnew(
  db: Kysely<Database>,
  kind: IndexKind,
  changed: number,
): Promise<boolean> {
  return changed >= FEW && changed >= GREAT_SHARE * (await countSources(db, kind));
}

/** A rebuild that was cut off longer ago begins anew: the lexicon of the release may have changed since. */
const RESUMED_WITHIN_MS = 86_400_000;

async function startOrResume(
  db: Kysely<Database>,
  name: EngineName,
  engine: SearchEngine,
  kind: IndexKind,
): Promise<RebuildState & { resume: boolean }> {
  const left = await unfinishedRebuild(db, name, kind, new Date(Date.now() - RESUMED_WITHIN_MS));
  if (left && left.afterId !== '' && (await engine.hasUnfinished(kind))) return { ...left, resume: true };
  const { version } = await lexiconOf(db);
  const state = { changeMark: await changeMark(db), lexicon: version, afterId: '', documents: 0 };
  await beginRebuild(db, name, kind, state);
  return { ...state, resume: false };
}

/** One rebuild of an engine and kind at a time, over all processes; null when another is at it, unless `wait`. */
export async function rebuildAlone(
  db: Kysely<Database>,
  name: EngineName,
  kind: IndexKind,
  options: { progress?: ((p: Progress) => void) | undefined; wait?: boolean } = {},
): Promise<number | null> {
  const engine = searchParts(db)[name];
  if (engine === null) return null;
  const work = () => rebuildIn(db, name, engine, kind, options.progress);
  return (await alone(db, `search.rebuild.${name}.${kind}`, work, options.wait))?.value ?? null;
}

/**
 * Rebuilds one kind in one engine from the tables, without a pause for readers. Goes on where an earlier rebuild was
 * cut off. What changes meanwhile is written again afterwards: for the server by its own job, which alone writes to
 * the index that is read.
 */
export async function rebuildIn(
  db: Kysely<Database>,
  name: EngineName,
  engine: SearchEngine,
  kind: IndexKind,
  progress: (p: Progress) => void = () => undefined,
): Promise<number> {
  const from = await startOrResume(db, name, engine, kind);
  const before = await lexiconBefore(db, from.lexicon + 1);
  let documents = from.documents;
  const source = { kind, words: before.lexicon, after: from.afterId, done: documents };
  const counted = (p: Progress) => {
    documents = p.done;
    progress(p);
  };
  const loaded = (afterId: string) => noteRebuilt(db, name, kind, { afterId, documents });
  const count = await engine.rebuild(kind, allDocuments(db, source, counted), {
    resume: from.resume,
    loaded,
  });
  const again = (ids: readonly string[]) =>
    name === 'postgres' ? writeTo(engine, db, kind, ids) : noteForServer(db, kind, ids);
  await again(await idsChangedAfter(db, kind, from.changeMark));
  // Terms changed meanwhile: their job has written to the index that is no more.
  for await (const ids of touchedSince(db, kind, before)) await again(ids);
  await endRebuild(db, name, kind);
  return from.documents + count;
}

/** Rebuilds kinds in PostgreSQL, and has the search server rebuilt by its job. */
export async function rebuild(
  db: Kysely<Database>,
  kinds: readonly IndexKind[] = INDEX_KINDS,
  progress: (p: Progress) => void = () => undefined,
): Promise<Record<IndexKind, number>> {
  const counts = { company: 0, opportunity: 0, project: 0 };
  const { meilisearch } = searchParts(db);
  for (const kind of kinds) {
    counts[kind] = (await rebuildAlone(db, 'postgres', kind, { progress, wait: true })) ?? 0;
    if (meilisearch) await addJob(db, 'search.rebuild', { kind }, { key: `search.rebuild:${kind}` });
  }
  return counts;
}

/** Asks for documents that are in the index now to be held against the saved searches. */
export async function askSavedSearches(db: Kysely<Database>, kind: IndexKind, ids: string[]): Promise<void> {
  const key = ids.length === 1 ? { key: `search.percolate:${kind}:${ids[0]}` } : {};
  await addJob(db, 'search.percolate', { kind, ids }, key);
}

type Writers = Record<IndexKind, (ids: readonly string[]) => Promise<void>>;
const writers = new WeakMap<Kysely<Database>, Writers>();

/** Jobs of a kind that run at the same time are written together: a batch costs little more than one document. */
function writersOf(db: Kysely<Database>): Writers {
  const known = writers.get(db);
  if (known) return known;
  const writer = (kind: IndexKind) =>
    gathering<string>(async (all) => {
      const ids = [...new Set(all)];
      await reindex(db, kind, ids);
      await askSavedSearches(db, kind, ids);
    }, BATCH);
  const made = {
    company: writer('company'),
    opportunity: writer('opportunity'),
    project: writer('project'),
  };
  writers.set(db, made);
  return made;
}

/** The job `search.index`. */
export async function indexDocuments(
  ctx: Context,
  payload: { kind: IndexKind; ids: string[] },
): Promise<void> {
  await writersOf(ctx.db)[payload.kind](payload.ids);
}
