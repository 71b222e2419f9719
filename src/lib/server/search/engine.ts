import type { Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { rememberedAnswers } from '#lib/server/search/answers.ts';
import { measured, withFallback, type Beforehand, type FallbackEngine } from '#lib/server/search/fallback.ts';
import { Held } from '#lib/server/search/held.ts';
import type { Known } from '#lib/server/search/held-view.ts';
import { followingLexicon, lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import { createMeiliEngine, type MeiliEngine } from '#lib/server/search/meili.ts';
import { momentOf } from '#lib/server/search/moment.ts';
import type { Call, SearchEngine } from '#lib/server/search/port.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';
import { config } from '#lib/server/platform/config.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** The engines over a database. */
export interface SearchParts {
  readonly postgres: SearchEngine;
  /** What the process holds of PostgreSQL's index. */
  readonly held: Held;
  /** The search server, for its own writes and checks; null when none is set (MEILI_URL). */
  readonly meilisearch: MeiliEngine | null;
  /** The search server by itself, for queries: it fails when the server does. */
  readonly server: SearchEngine | null;
  /** The search server with PostgreSQL behind it, for queries. */
  readonly fallback: FallbackEngine | null;
}

export const ENGINE_NAMES = { primary: 'meilisearch', secondary: 'postgres' } as const;

const parts = new WeakMap<Kysely<Database>, SearchParts>();

/** The engines over a database, one set a pool: they remember counts and facet codes. */
export function searchParts(db: Kysely<Database>): SearchParts {
  const known = parts.get(db);
  if (known) return known;
  const held = new Held(db);
  const own = followingLexicon(db, (words) => new PostgresSearch(db, words, held));
  const postgres = measured(own, ENGINE_NAMES.secondary);
  const { meili } = config();
  // The server may have a document a moment before PostgreSQL's index does: where it counts something else than is
  // held, it is asked for everything, and such a document stands behind the others.
  const documents = async (kind: IndexKind, { moment }: Call): Promise<Known | null> => {
    const view = await held.upToDate(kind, moment);
    return view && { view, exact: moment?.waiting === false && view.changes === moment.changes };
  };
  const server =
    meili &&
    followingLexicon(db, (words) => createMeiliEngine({ ...meili, lexicon: words, known: documents }));
  const beforehand: Beforehand = {
    async query({ kind, q }, known) {
      const moment = known ?? (await momentOf(db, kind));
      // Of a list the server says all there is to say.
      return q.trim() === '' ? { moment } : { moment, known: await documents(kind, { moment }) };
    },
    suggest: async () => ({ words: await lexiconOf(db) }),
  };
  const options = { names: ENGINE_NAMES, answers: rememberedAnswers(db), beforehand };
  const made: SearchParts = {
    ...{ postgres, held, meilisearch: meili && createMeiliEngine(meili), server },
    fallback: server && withFallback(server, own, options),
  };
  parts.set(db, made);
  return made;
}

/** The search engine over a database. */
export function searchEngine(db: Kysely<Database>): SearchEngine {
  const { postgres, fallback } = searchParts(db);
  return fallback ?? postgres;
}
