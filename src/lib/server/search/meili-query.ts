import { z } from 'zod';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { highlightTerms, NO_TERMS } from '#lib/domain/search/highlight.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { ENOUGH, pairTokens, planQuery, type Expr, type Level } from '#lib/domain/search/plan.ts';
import { parseQuery, type ParsedQuery } from '#lib/domain/search/query.ts';
import { rankDocuments, tokensAsked, type Ranked } from '#lib/domain/search/rank.ts';
import { probesOf, resolveQuery } from '#lib/domain/search/resolve.ts';
import { isSettled, notesOf, page, WINDOW } from '#lib/server/search/answer.ts';
import type { Known } from '#lib/server/search/held-view.ts';
import {
  ask,
  askInTurn,
  asListed,
  countAsks,
  countOf,
  isRanked,
  listing,
  nothingFound,
  order,
  STANDING,
  total,
  where,
  type Ask,
  type Count,
  type Run,
} from '#lib/server/search/meili-asks.ts';
import { read, type MeiliClient, type SearchAnswer } from '#lib/server/search/meili-client.ts';
import {
  candidateHit,
  RANKED_ATTRIBUTES,
  TOKEN_ATTRIBUTES,
  type Candidate,
} from '#lib/server/search/meili-document.ts';
import { all, exceptIds, filterOf } from '#lib/server/search/meili-filter.ts';
import { answerPlanned } from '#lib/server/search/meili-planned.ts';
import { lookUpWords } from '#lib/server/search/meili-vocabulary.ts';
import type { Call, Hit, SearchRequest, SearchResult } from '#lib/server/search/port.ts';
import type { Asked } from '#lib/server/search/segment.ts';

/**
 * A search in Meilisearch: the plan of domain/search is put to the server as filters, which find and count exactly,
 * and the strongest hundred are ranked here, as they are with PostgreSQL. A process that holds just what the server
 * holds knows which tiers and levels find what, and asks for counts and a page only (meili-planned.ts). One that
 * holds something newer has the server name the candidates, and one request mostly does: it counts and brings all
 * tiers. Else tokens are a hundred times what the rest of an answer is, and a second request brings just those
 * needed. One more, before them, only for words that the lexicon does not know.
 */

const candidates = z.array(candidateHit);

/** Brings candidates for ranking; those that match one of `but` are left out. */
function bringing(run: Run, match: Expr, but: readonly Expr[], limit: number): Ask | null {
  const filter = where(run, match);
  if (filter === null) return null;
  return {
    filter: all(filter, ...but.map(filterOf).map((t) => (t === null ? null : `NOT ${t}`))),
    ...{ sort: STANDING, limit },
    attributesToRetrieve: run.view ? RANKED_ATTRIBUTES : [...RANKED_ATTRIBUTES, ...TOKEN_ATTRIBUTES],
  };
}

/** The strictest level that finds enough; a name or number that is found exactly needs no widening. */
async function chooseLevel(
  run: Run,
  levels: readonly Level[],
  first: number,
  settled: boolean,
): Promise<[Level, number] | null> {
  const [strictest, ...wider] = levels;
  if (!strictest) return null;
  let chosen: [Level, number] = [strictest, first];
  if (first >= ENOUGH || (settled && first > 0)) return chosen;
  const counting = (level: Level) => () => {
    const filter = where(run, level.match);
    return filter === null ? [] : [{ filter, limit: 0 }];
  };
  const widening = ([answer]: readonly SearchAnswer[], step: number) => {
    const level = wider[step];
    if (!level || (level.last && chosen[1] > 0)) return chosen;
    const found = total(answer);
    if (found > chosen[1]) chosen = [level, found];
    return found >= ENOUGH || (settled && found > 0) ? chosen : null;
  };
  const enough = await askInTurn(run, wider.map(counting), widening, where(run, strictest.match));
  return enough ?? chosen;
}

/** A tier as the first request saw it: how many it has, and its candidates if they were asked for. */
interface Tier {
  readonly size: number;
  readonly hits: readonly Candidate[];
}

/** What is asked in the first request of a query, and what came back. */
async function firstLook(run: Run, names: Expr | undefined, tiers: readonly Expr[], strictest: Expr) {
  const named = names ? bringing(run, names, [], WINDOW) : null;
  const counting = countAsks(run, strictest);
  const before = (i: number) => [...(names ? [names] : []), ...tiers.slice(0, i)];
  const tierAsks = tiers.map((tier, i) => {
    const one = bringing(run, tier, before(i), run.view ? WINDOW : 0);
    return one === null || run.view ? one : { filter: one.filter, limit: 0 };
  });
  const answers = await ask(run, [
    ...(named ? [named] : []),
    ...counting,
    ...tierAsks.filter((t) => t !== null),
  ]);
  const pool = named ? read(candidates, answers.shift()?.hits) : [];
  const count = countOf(run, answers.splice(0, counting.length));
  const looked = tierAsks.map((t): Tier => {
    const answer = t === null ? undefined : answers.shift();
    return { size: total(answer), hits: run.view && answer ? read(candidates, answer.hits) : [] };
  });
  return { pool, count, tiers: looked };
}

/** Candidates with their tokens: those that came with them, or those that are known here. */
function withTokens(run: Run, hits: readonly Candidate[], asked: Asked): readonly Candidate[] {
  if (!run.view) return hits;
  const ids = hits.map(({ id }) => id);
  const tokens = new Map(run.view.rankable(ids, asked).map((one) => [one.id, one.tokens]));
  return hits.map((hit) => ({ ...hit, tokens: tokens.get(hit.id) ?? [] }));
}

interface Found {
  readonly query: ParsedQuery;
  readonly level: Level;
  readonly count: Count;
  readonly ranked: readonly Ranked[];
  readonly pool: ReadonlyMap<string, Candidate>;
  /** The page, when it is not in the order of ranking. */
  readonly plain: Hit[] | null;
}

/** What the first request left to be brought, in as many requests as it takes for `room` candidates. */
function asksFor(
  run: Run,
  first: { names: Expr | undefined; tiers: readonly Expr[] },
  wanted: Wanted,
): Ask[] {
  const { level, size, looked } = wanted;
  const taken = first.names ? [first.names] : [];
  const asks: Ask[] = [];
  let { room } = wanted;
  if (run.view) taken.push(...first.tiers);
  // Few hits are all ranked; of many, the strongest tiers are.
  for (const [i, tier] of size <= WINDOW || run.view ? [] : first.tiers.entries()) {
    const some = Math.min(room, looked[i]?.size ?? 0);
    const one = some > 0 ? bringing(run, tier, taken, some) : null;
    if (one) asks.push(one);
    room -= some;
    taken.push(tier);
  }
  const rest = room > 0 ? bringing(run, level.match, taken, room) : null;
  return rest ? [...asks, rest] : asks;
}

interface Wanted {
  readonly level: Level;
  /** Hits of the level. */
  readonly size: number;
  readonly room: number;
  readonly looked: readonly Tier[];
}

async function search(run: Run, query: ParsedQuery): Promise<Found | null> {
  const pairs = pairTokens(query, (id) => run.lexicon.concepts.get(id)?.descendants ?? []);
  const plan = planQuery(query, pairs);
  const asked = tokensAsked(query, pairs);
  const [names, ...tiers] = plan.first;
  const strictest = plan.levels[0];
  if (!strictest) return null;
  const look = await firstLook(run, names, tiers, strictest.match);
  const settled = isSettled(query, rankDocuments(query, pairs, withTokens(run, look.pool, asked)));
  const chosen = await chooseLevel(run, plan.levels, look.count.total, settled);
  if (chosen === null || chosen[1] === 0) return null;
  const [level, size] = chosen;
  const hits = [...look.pool, ...look.tiers.flatMap((tier) => tier.hits)].slice(0, WINDOW);
  const room = Math.min(WINDOW, size) - hits.length;
  const bring = asksFor(run, { names, tiers }, { level, size, room, looked: look.tiers });
  const counting = level === strictest ? [] : countAsks(run, level.match);
  const answers = await ask(run, [...bring, ...counting]);
  hits.push(...answers.splice(0, bring.length).flatMap((answer) => read(candidates, answer.hits)));
  const count = level === strictest ? look.count : countOf(run, answers);
  const found = withTokens(run, hits, asked);
  return {
    ...{ query, level, count, ranked: rankDocuments(query, pairs, found) },
    pool: new Map(found.map((one) => [one.id, one])),
    plain: isRanked(run.request) ? null : await plainPage(run, level.match),
  };
}

/** Hits of a page in a plain order. */
async function plainPage(run: Run, match: Expr | null): Promise<Hit[]> {
  const { offset, limit } = page(run.request);
  const filter = where(run, match);
  if (filter === null || limit === 0) return [];
  if (run.request.sort === 'deadline') return await byDeadline(run, filter, offset, limit);
  const [answer] = await ask(run, [listing(filter, order(run.request), offset, limit)]);
  return asListed(answer?.hits ?? [], 'list');
}

/** What is still open by its deadline, then what has none, then what is over. */
async function byDeadline(run: Run, filter: string, offset: number, limit: number): Promise<Hit[]> {
  const over = `deadline < ${Date.now()}`;
  const sort = ['deadline:asc', 'id:asc'];
  const [open] = await ask(run, [listing(all(filter, `NOT ${over}`), sort, offset, limit)]);
  const hits = asListed(open?.hits ?? [], 'list');
  if (hits.length === limit) return hits;
  const from = Math.max(0, offset - total(open));
  const [past] = await ask(run, [listing(all(filter, over), sort, from, limit - hits.length)]);
  return [...hits, ...asListed(past?.hits ?? [], 'list')];
}

/** A page of the ranked window, continued behind it by the plain order of the level. */
async function relevantPage(run: Run, { level, pool, ranked }: Found): Promise<Hit[]> {
  const { offset, limit } = page(run.request);
  const hits = ranked.slice(offset, offset + limit).flatMap((r): Hit[] => {
    const found = pool.get(r.id);
    if (!found) return [];
    const reasons = run.request.explain ? r.reasons : [];
    return [
      { id: r.id, source: found.source, externalId: found.externalId, rule: r.rule, score: r.score, reasons },
    ];
  });
  const left = limit - hits.length;
  const filter = where(run, level.match);
  if (left === 0 || pool.size < WINDOW || filter === null) return hits;
  const from = Math.max(0, offset - pool.size);
  const [behind] = await ask(run, [listing(all(filter, exceptIds([...pool.keys()])), STANDING, from, left)]);
  return [...hits, ...asListed(behind?.hits ?? [], 'content')];
}

/** Nothing asked: everything the audience may find, under the filters. */
async function list(run: Run): Promise<SearchResult> {
  const { offset, limit } = page(run.request);
  const counting = countAsks(run, null);
  if (run.request.sort === 'deadline') {
    const count = countOf(run, await ask(run, counting));
    return { ...count, hits: await plainPage(run, null), notes: [], read: '', terms: NO_TERMS };
  }
  const answers = await ask(run, [
    ...counting,
    listing(where(run, null) ?? '', order(run.request), offset, limit),
  ]);
  const count = countOf(run, answers.slice(0, counting.length));
  const hits = asListed(answers[counting.length]?.hits ?? [], 'list');
  return { ...count, hits, notes: [], read: '', terms: NO_TERMS };
}

export interface QueryDeps {
  readonly client: MeiliClient;
  readonly lexicon: Lexicon;
  /** The documents of a kind that this process knows; null: the server says all there is to say. */
  known(kind: IndexKind, call: Call): Promise<Known | null>;
}

/** Runs a search. `signal` ends all of its requests. */
export async function runQuery(
  { client, lexicon, known }: QueryDeps,
  request: SearchRequest,
  signal: AbortSignal,
  call: Call = {},
): Promise<SearchResult> {
  const parsed = parseQuery(lexicon, request.q, request.kind);
  if (parsed.empty) return await list({ client, lexicon, request, signal, view: null });
  const [words, documents] = await Promise.all([
    lookUpWords(client, request.kind, probesOf(parsed), signal),
    call.known === undefined ? known(request.kind, call) : call.known,
  ]);
  const run: Run = { client, lexicon, request, signal, view: documents?.view ?? null };
  const query = resolveQuery(lexicon, parsed, words);
  if (documents?.exact && isRanked(request) && request.deadline === undefined) {
    const planned = await answerPlanned(run, documents.view, query, call);
    if (planned) return planned;
  }
  const found = await search(run, query);
  if (found === null) return await nothingFound(run, query);
  return {
    ...found.count,
    hits: found.plain ?? (await relevantPage(run, found)),
    notes: notesOf(lexicon, query, found.level, found.ranked),
    ...{ read: query.text, terms: highlightTerms(query) },
  };
}
