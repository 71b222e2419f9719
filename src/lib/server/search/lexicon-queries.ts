import type { Kysely } from 'kysely';
import { compileLexicon, type Lexicon } from '#lib/domain/search/lexicon.ts';
import { amendedEntries, type LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';
import { amendmentVersion, changesInEffect } from '#lib/server/amendment/queries.ts';
import { lexicon, shippedEntries } from '#lib/server/search/lexicon-file.ts';
import type { Call, SearchEngine } from '#lib/server/search/port.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** The lexicon in effect: that of the release with what officials changed. */

type Db = Kysely<Database>;

export interface LexiconInEffect {
  /** Number of the latest change in it; 0 for the lexicon of the release. */
  readonly version: number;
  readonly entries: readonly LexiconEntry[];
  readonly lexicon: Lexicon;
}

/** The latest one of each pool. Reading it is shared by everyone who asks meanwhile. */
const latest = new WeakMap<Db, { version: number; read: Promise<LexiconInEffect> }>();

/**
 * The lexicon as of now. Every call looks at the version in the database, one step in an index; terms are read and
 * compiled once a process and version. Who asks after a change was committed gets it, in every process.
 */
export async function lexiconOf(db: Db): Promise<LexiconInEffect> {
  const version = await amendmentVersion(db, ['term']);
  const known = latest.get(db);
  if (known !== undefined && known.version >= version) return await known.read;
  const read = version === 0 ? Promise.resolve(shipped()) : lexiconBefore(db, version + 1);
  latest.set(db, { version, read });
  try {
    return await read;
  } catch (error) {
    latest.delete(db);
    throw error;
  }
}

/** The lexicon as it was before a change took effect. */
export async function lexiconBefore(db: Db, effect: number): Promise<LexiconInEffect> {
  const changes = await changesInEffect(db, 'term', effect);
  if (changes.length === 0) return shipped();
  const entries = amendedEntries(shippedEntries(), changes);
  return { version: effect - 1, entries, lexicon: compileLexicon(entries) };
}

function shipped(): LexiconInEffect {
  return { version: 0, entries: shippedEntries(), lexicon: lexicon() };
}

/**
 * An engine that reads every query with the lexicon in effect. The engine is made anew for each version, so that
 * nothing it remembers was read with another; one answer is read with one version throughout.
 */
export function followingLexicon(db: Db, make: (words: Lexicon) => SearchEngine): SearchEngine {
  let current: { version: number; words: Lexicon; engine: SearchEngine } | null = null;
  const engineNow = async (call?: Call) => {
    const { version, lexicon: words } = call?.words ?? call?.moment?.words ?? (await lexiconOf(db));
    if (current?.version !== version) current = { version, words, engine: make(words) };
    return current;
  };
  return {
    async query(request, call) {
      const { engine, words } = await engineNow(call);
      return { ...(await engine.query(request, call)), lexicon: words };
    },
    suggest: async (request, call) => (await engineNow(call)).engine.suggest(request, call),
    upsert: async (documents) => (await engineNow()).engine.upsert(documents),
    remove: async (kind, removals) => (await engineNow()).engine.remove(kind, removals),
    rebuild: async (kind, documents, steps) => (await engineNow()).engine.rebuild(kind, documents, steps),
    hasUnfinished: async (kind) => (await engineNow()).engine.hasUnfinished(kind),
    health: async (call) => (await engineNow()).engine.health(call),
  };
}
