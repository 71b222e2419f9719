import type { Kysely } from 'kysely';
import { measured } from '#lib/server/search/fallback.ts';
import { followingLexicon } from '#lib/server/search/lexicon-queries.ts';
import type { SearchEngine } from '#lib/server/search/port.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';
import type { Database } from '#lib/server/platform/schema.ts';

const engines = new WeakMap<Kysely<Database>, SearchEngine>();

/** The search engine over a database, one a pool: it remembers counts and facet codes. */
export function searchEngine(db: Kysely<Database>): SearchEngine {
  let engine = engines.get(db);
  if (!engine)
    engines.set(
      db,
      (engine = measured(
        followingLexicon(db, (words) => new PostgresSearch(db, words)),
        'postgres',
      )),
    );
  return engine;
}
