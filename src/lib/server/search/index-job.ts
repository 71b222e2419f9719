import type { Kysely } from 'kysely';
import { INDEX_KINDS, type IndexKind, type SearchDocument } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import type { SearchEngine } from '#lib/server/search/port.ts';
import { searchEngine } from '#lib/server/search/engine.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { touchedSince } from '#lib/server/search/lexicon-touch-queries.ts';
import {
  changeMark,
  countSources,
  drawVersion,
  idsAfter,
  idsChangedAfter,
} from '#lib/server/search/source-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Keeps the search index in step with the tables. Safe to repeat: it reads the present rows and writes their documents. */

const BATCH = 500;

export interface Progress {
  kind: IndexKind;
  done: number;
  total: number;
}

/** Brings the documents of some rows up to date; what is gone from the tables leaves the index. */
export async function reindex(
  db: Kysely<Database>,
  kind: IndexKind,
  ids: readonly string[],
  engine: SearchEngine = searchEngine(db),
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

async function* allDocuments(
  db: Kysely<Database>,
  words: Lexicon,
  kind: IndexKind,
  progress: (p: Progress) => void,
): AsyncGenerator<SearchDocument[]> {
  const total = await countSources(db, kind);
  let done = 0;
  for (let after = ''; ;) {
    const version = await drawVersion(db);
    const ids = await idsAfter(db, kind, after, BATCH);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield await documentsOf(db, words, kind, ids, version);
    done += ids.length;
    after = last;
    progress({ kind, done, total });
  }
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

/** Rebuilds kinds from the tables without a pause for readers; changes made meanwhile are indexed afterwards. */
export async function rebuild(
  db: Kysely<Database>,
  kinds: readonly IndexKind[] = INDEX_KINDS,
  progress: (p: Progress) => void = () => undefined,
  engine: SearchEngine = searchEngine(db),
): Promise<Record<IndexKind, number>> {
  const counts = { company: 0, opportunity: 0, project: 0 };
  for (const kind of kinds) {
    const mark = await changeMark(db);
    const before = await lexiconOf(db);
    counts[kind] = await engine.rebuild(kind, allDocuments(db, before.lexicon, kind, progress));
    await reindex(db, kind, await idsChangedAfter(db, kind, mark), engine);
    // Terms changed meanwhile: their job has written to the index that is no more.
    for await (const ids of touchedSince(db, kind, before)) await reindex(db, kind, ids, engine);
  }
  return counts;
}

/** The job `search.index`. */
export async function indexDocuments(
  ctx: Context,
  payload: { kind: IndexKind; ids: string[] },
): Promise<void> {
  await reindex(ctx.db, payload.kind, payload.ids);
}
