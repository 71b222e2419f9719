import type { Kysely } from 'kysely';
import { FACETS } from '#lib/domain/search/document.ts';
import { finderKey } from '#lib/domain/search/finder.ts';
import { page } from '#lib/server/search/answer.ts';
import { Memory } from '#lib/server/search/memory.ts';
import { momentOf, type Moment } from '#lib/server/search/moment.ts';
import type { SearchRequest, SearchResult } from '#lib/server/search/port.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * Answers of the search server, remembered until its index changes. The server numbers no changes. PostgreSQL does,
 * and it knows what the server is still to be brought: an answer is kept only if nothing of its kind was waiting when
 * it was asked for, and given again only while the index of PostgreSQL has not changed since. A change is noted as
 * waiting before PostgreSQL's index counts it, so the server held just that state. All of it is read in the database
 * before each answer, and so holds over all processes. Two things change the server's index and no count: a repair
 * and a rebuild of the same documents. They are seen when an answer has grown old.
 *
 * An answer holds ids and counts, under one audience; rows are read through their own `visibleTo` each time.
 */

/** Answers remembered; one of twenty hits with all facets takes some ten kilobytes. */
const REMEMBERED = 1000;
/** Longer pages are read once, for files. */
const MOST_HITS = 100;
/** How long an answer is given again at most. */
const LONGEST_MS = 60_000;

interface Kept {
  readonly result: SearchResult;
  readonly until: number;
}

/** What is known of a search before it is put to the server. */
export interface Recalled {
  readonly moment: Moment;
  /** The answer, if it is remembered and still right. */
  readonly known: SearchResult | null;
  /** To be called with the answer of the server. */
  keep(this: void, result: SearchResult): void;
}

/** Answers that are remembered. */
export interface Answers {
  recall(request: SearchRequest): Promise<Recalled>;
}

const NOTHING = { known: null, keep: () => undefined };

/** Under which of two requests the answer is the same; null: it also depends on the time. */
function keyOf(request: SearchRequest): string | null {
  const { offset, limit } = page(request);
  if (limit > MOST_HITS || request.sort === 'deadline' || request.deadline !== undefined) return null;
  const filters = FACETS.map((facet) => request.filters?.[facet] ?? []);
  const { kind, q, audience, sort = 'relevance', lang = 'ko', facets = false, explain = false } = request;
  return JSON.stringify([kind, finderKey(audience), q, filters, sort, lang, offset, limit, facets, explain]);
}

/** Remembers answers of the search server beside a database. `now`: milliseconds of any steady clock. */
export function rememberedAnswers(
  db: Kysely<Database>,
  now: () => number = () => performance.now(),
): Answers {
  const memory = new Memory<Kept>(REMEMBERED);
  return {
    async recall(request) {
      const asked = keyOf(request);
      const moment = await momentOf(db, request.kind);
      if (asked === null) return { ...NOTHING, moment };
      const key = `${moment.changes} ${moment.words.version} ${asked}`;
      const kept = memory.get(key);
      if (kept && now() < kept.until) return { ...NOTHING, moment, known: kept.result };
      const until = now() + LONGEST_MS;
      if (moment.waiting) return { ...NOTHING, moment };
      return { moment, known: null, keep: (result) => memory.set(key, { result, until }) };
    },
  };
}
