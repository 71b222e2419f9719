import { sql, type Kysely } from 'kysely';
import { FACETS, type IndexKind } from '#lib/domain/search/document.ts';
import { finderKey } from '#lib/domain/search/finder.ts';
import { page } from '#lib/server/search/answer.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import { Memory } from '#lib/server/search/memory.ts';
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
  /** The answer, if it is remembered and still right. */
  readonly known: SearchResult | null;
  /** To be called with the answer of the server. */
  keep(this: void, result: SearchResult): void;
}

/** Answers that are remembered. */
export interface Answers {
  recall(request: SearchRequest): Promise<Recalled>;
}

const NOTHING: Recalled = { known: null, keep: () => undefined };

/** Under which of two requests the answer is the same; null: it also depends on the time. */
function keyOf(request: SearchRequest): string | null {
  const { offset, limit } = page(request);
  if (limit > MOST_HITS || request.sort === 'deadline' || request.deadline !== undefined) return null;
  const filters = FACETS.map((facet) => request.filters?.[facet] ?? []);
  const { kind, q, audience, sort = 'relevance', lang = 'ko', facets = false, explain = false } = request;
  return JSON.stringify([kind, finderKey(audience), q, filters, sort, lang, offset, limit, facets, explain]);
}

interface State {
  readonly changes: number;
  /** Whether documents of the kind are still to be brought to the server. */
  readonly waiting: boolean;
}

/** One statement: both as of one moment. */
async function stateOf(db: Kysely<Database>, kind: IndexKind): Promise<State> {
  const { rows } = await sql<State>`
    select changes, exists (select from search_outbox o where o.kind = s.kind) as waiting
    from search_state s where s.kind = ${kind}`.execute(db);
  return rows[0] ?? { changes: 0, waiting: true };
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
      if (asked === null) return NOTHING;
      const [{ changes, waiting }, { version }] = await Promise.all([
        stateOf(db, request.kind),
        lexiconOf(db),
      ]);
      const key = `${changes} ${version} ${asked}`;
      const kept = memory.get(key);
      if (kept && now() < kept.until) return { ...NOTHING, known: kept.result };
      const until = now() + LONGEST_MS;
      return waiting ? NOTHING : { known: null, keep: (result) => memory.set(key, { result, until }) };
    },
  };
}
