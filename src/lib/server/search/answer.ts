import { toLetters } from '#lib/domain/search/hangul.ts';
import { NO_TERMS } from '#lib/domain/search/highlight.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import type { Level } from '#lib/domain/search/plan.ts';
import { fold } from '#lib/domain/search/normalize.ts';
import type { Note, ParsedQuery, Unit } from '#lib/domain/search/query.ts';
import type { Ranked } from '#lib/domain/search/rank.ts';
import { termAtoms } from '#lib/domain/search/unknown-unit.ts';
import { noDeadlines } from '#lib/server/search/deadlines.ts';
import { noCounts } from '#lib/server/search/facet-codes.ts';
import type { SearchRequest, SearchResult } from '#lib/server/search/port.ts';

/** What both engines do alike between a plan and its answer. */

/** Hits ranked exactly; those behind them follow by tier, vetting and freshness. */
export const WINDOW = 100;

const DEFAULT_LIMIT = 20;
const MOST_LIMIT = 1000;

export function page(request: SearchRequest): { offset: number; limit: number } {
  const limit = Math.min(MOST_LIMIT, Math.max(0, Math.trunc(request.limit ?? DEFAULT_LIMIT)));
  return { offset: Math.max(0, Math.trunc(request.offset ?? 0)), limit };
}

/** Whether what was found by name or number is what was meant, so that a short list is not widened. */
export function isSettled(query: ParsedQuery, named: readonly Ranked[]): boolean {
  const rules = named.map((r) => r.rule);
  if (rules.some((rule) => rule === 'identifier' || rule === 'name')) return true;
  if (!rules.includes('prefix')) return false;
  return query.units.every((u) => (u.kind === 'unknown' || u.kind === 'word') && !isBegunTerm(u));
}

/** Half a term of the field (tungs, 희토): what begins a name may be only the least of what was meant. */
const isBegunTerm = ({ text, guess }: Unit): boolean =>
  guess !== null && toLetters(text).length > 3 && toLetters(guess).startsWith(toLetters(fold(text)));

export function nothing(request: SearchRequest, query: ParsedQuery): SearchResult {
  const facets = request.facets ? noCounts() : null;
  const deadlines = request.facets && request.deadline ? { deadlines: noDeadlines() } : {};
  return { ...deadlines, total: 0, hits: [], facets, notes: [], read: query.text, terms: NO_TERMS };
}

/** What is counted beside hits. */
export type Counts = Pick<SearchResult, 'facets' | 'deadlines'>;

/** Whether filters stand in the way of a search that finds nothing: what they hide is counted even so. */
export function isFiltered({ facets = false, filters, deadline }: SearchRequest): boolean {
  return (
    facets && (deadline !== undefined || Object.values(filters ?? {}).some((values) => values.length > 0))
  );
}

/** Whether anything was counted. */
export const isCounted = ({ facets, deadlines }: Counts): boolean =>
  [...Object.values(facets ?? {}), deadlines ?? {}].some((counts) =>
    Object.values(counts).some((n) => n > 0),
  );

/**
 * What the reader should know of how the query was read. Another reading of a word is named only if it brought a hit
 * this reader sees, by the word itself or what the lexicon knows by it: the vocabulary also holds words of documents
 * that are hidden from them.
 */
export function notesOf(
  lexicon: Lexicon,
  query: ParsedQuery,
  level: Level,
  ranked: readonly Ranked[],
): Note[] {
  const found = new Set(ranked.flatMap((r) => r.reasons.map((reason) => reason.token)));
  const words = [...found].map((token) => token.slice(2));
  const brought = (word: string): boolean =>
    words.some((held) => held.includes(word)) ||
    termAtoms(lexicon, word, 1).some(({ token }) => found.has(token));
  const notes = query.notes.filter((n) => n.kind === 'dropped' || brought(n.to));
  if (level.widened) notes.push({ kind: 'widened', from: level.dropped.join(' '), to: '' });
  return notes;
}
