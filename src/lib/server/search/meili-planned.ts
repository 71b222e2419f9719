import { highlightTerms } from '#lib/domain/search/highlight.ts';
import type { ParsedQuery } from '#lib/domain/search/query.ts';
import type { Ranked } from '#lib/domain/search/rank.ts';
import { notesOf, page, WINDOW } from '#lib/server/search/answer.ts';
import { HeldFinder } from '#lib/server/search/held-finder.ts';
import type { HeldView } from '#lib/server/search/held-view.ts';
import {
  ask,
  asListed,
  countAsks,
  countOf,
  listing,
  nothingFound,
  where,
  type Run,
} from '#lib/server/search/meili-asks.ts';
import { all, onlyIds } from '#lib/server/search/meili-filter.ts';
import type { Call, Hit, SearchResult } from '#lib/server/search/port.ts';
import { chooseLevel, rankLevel } from '#lib/server/search/window.ts';

/**
 * A search in Meilisearch by a process that holds just the documents that the server holds. What a search takes most
 * requests for is known here: which level finds enough, which tiers are empty, which hundred are the strongest. The
 * server is asked for the two things of an answer, at once: the counts of that level, and the hits of the page.
 *
 * Null: the server counts something else than is held here. It is brought documents from their rows as they are then,
 * which may be a moment before PostgreSQL's index has them; then it is asked for everything.
 */
export async function answerPlanned(
  run: Run,
  view: HeldView,
  query: ParsedQuery,
  call: Call,
): Promise<SearchResult | null> {
  const { request, lexicon } = run;
  const finder = new HeldFinder(request, view);
  const chosen = await chooseLevel(finder, lexicon, query);
  if (chosen === null) return await nothingFound(run, query);
  const { match } = chosen.level;
  // Counting takes the server longest: it begins while the hits are ranked here.
  const counting = heard(ask(run, countAsks(run, match)));
  const ranked = await rankLevel(finder, chosen);
  const { offset, limit } = page(request);
  const first = ranked.slice(offset, offset + limit);
  const known = new Set(ranked.map(({ id }) => id));
  const left = ranked.length < WINDOW ? 0 : limit - first.length;
  const behind = await finder.listed(match, known, Math.max(0, offset - ranked.length), left);
  const ids = [...first.map(({ id }) => id), ...behind];
  call.foreseen?.(ids);
  const hits = await hitsOf(run, ids, new Map(first.map((one) => [one.id, one])));
  const count = countOf(run, await counting);
  if (count.total !== chosen.total || hits.length !== ids.length) return null;
  return {
    ...count,
    ...{ hits, notes: notesOf(lexicon, query, chosen.level, ranked) },
    ...{ read: query.text, terms: highlightTerms(query) },
  };
}

/** Its failure is heard of when it is waited for, though something else may fail before. */
function heard<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** The documents of a page as the server holds them; those that it does not hold are missing. */
async function hitsOf(run: Run, ids: readonly string[], ranked: ReadonlyMap<string, Ranked>): Promise<Hit[]> {
  if (ids.length === 0) return [];
  const filter = all(where(run, null), onlyIds(ids));
  const [answer] = await ask(run, [listing(filter, ['id:asc'], 0, ids.length)]);
  const held = new Map(asListed(answer?.hits ?? [], 'content').map((hit) => [hit.id, hit]));
  return ids.flatMap((id) => {
    const hit = held.get(id);
    if (!hit) return [];
    const one = ranked.get(id);
    if (!one) return [hit];
    return [{ ...hit, rule: one.rule, score: one.score, reasons: run.request.explain ? one.reasons : [] }];
  });
}
