import type { Kysely, Transaction } from 'kysely';
import { FACETS } from '#lib/domain/search/document.ts';
import { highlightTerms, NO_TERMS } from '#lib/domain/search/highlight.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { planQuery, type Expr, type Level } from '#lib/domain/search/plan.ts';
import { parseQuery, type ParsedQuery } from '#lib/domain/search/query.ts';
import type { Ranked } from '#lib/domain/search/rank.ts';
import { probesOf, resolveQuery } from '#lib/domain/search/resolve.ts';
import {
  isCounted,
  isFiltered,
  nothing,
  notesOf,
  page,
  WINDOW,
  type Counts,
} from '#lib/server/search/answer.ts';
import { finderKey } from '#lib/domain/search/finder.ts';
import { deadlineKey } from '#lib/server/search/deadlines.ts';
import { noCounts, type FacetCodes } from '#lib/server/search/facet-codes.ts';
import type { Held } from '#lib/server/search/held.ts';
import { HeldMatcher } from '#lib/server/search/held-matcher.ts';
import { filtersOf, type HeldView } from '#lib/server/search/held-view.ts';
import type { Matcher } from '#lib/server/search/matcher.ts';
import type { Memory } from '#lib/server/search/memory.ts';
import type { FacetCounts, Hit, SearchRequest, SearchResult } from '#lib/server/search/port.ts';
import { stateOf } from '#lib/server/search/segment-store.ts';
import { byIndexOnly, namedById, SqlMatcher, type Count } from '#lib/server/search/sql-matcher.ts';
import { tsquery } from '#lib/server/search/tsquery.ts';
import { lookUpWords } from '#lib/server/search/vocabulary.ts';
import { chooseLevel, rankLevel } from '#lib/server/search/window.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** One search: its request, its transaction, and who finds and counts for it. */
interface Run {
  db: Kysely<Database>;
  request: SearchRequest;
  changes: number;
  matcher: Matcher;
  /** For the orders that only PostgreSQL keeps. */
  tables: SqlMatcher;
}

export interface QueryDeps {
  db: Kysely<Database>;
  lexicon: Lexicon;
  codes: FacetCodes;
  /** What the process holds of the index; null: PostgreSQL answers alone. */
  held: Held | null;
  /** Counts by expression, and ranked windows by query, each under the number of changes they were made at. */
  counts: Memory<Count>;
  windows: Memory<Window>;
}

/** A query as it was answered: what all pages of its list have in common. */
export interface Window {
  query: ParsedQuery;
  level: Level | null;
  total: number;
  /** Counted when they are first asked for. */
  facets: FacetCounts | null;
  ranked: readonly Ranked[];
}

/**
 * Runs a search. What the process holds never changes, so list, total and counts agree; otherwise one read-only
 * snapshot sees to that.
 */
export async function runQuery(deps: QueryDeps, request: SearchRequest): Promise<SearchResult> {
  const view = isHeld(request) ? await deps.held?.viewNow(request.kind) : null;
  if (view) return await answer(deps, runOf(deps, deps.db, request, view.changes, view));
  return await deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => await answer(deps, await start(deps, tx, request)));
}

async function answer(deps: QueryDeps, run: Run): Promise<SearchResult> {
  const parsed = parseQuery(deps.lexicon, run.request.q, run.request.kind);
  if (parsed.empty) return await list(run);
  return await present(deps, run, await window(deps, run, parsed));
}

/** The ranked window of a query, remembered until the index changes. */
async function window(deps: QueryDeps, run: Run, parsed: ParsedQuery): Promise<Window> {
  const { request } = run;
  const filters = filtersOf(request.filters, null);
  const key = [
    request.kind,
    run.changes,
    finderKey(request.audience),
    filters ? tsquery(filters) : '',
    deadlineKey(request.deadline),
    request.q,
  ];
  const known = deps.windows.get(key.join('\n'));
  if (known) return known;
  const words = await lookUpWords(run.db, request.kind, probesOf(parsed));
  const found = await search(deps, run, resolveQuery(deps.lexicon, parsed, words));
  deps.windows.set(key.join('\n'), found);
  return found;
}

function runOf(
  deps: QueryDeps,
  db: Kysely<Database>,
  request: SearchRequest,
  changes: number,
  view: HeldView | null,
): Run {
  const tables = new SqlMatcher(db, request, changes, deps.codes, deps.counts);
  const matcher = view ? new HeldMatcher(db, request, view, deps.codes) : tables;
  return { db, request, changes, matcher, tables };
}

async function start(deps: QueryDeps, tx: Transaction<Database>, request: SearchRequest): Promise<Run> {
  const state = await stateOf(tx, request.kind);
  // Counting all documents reads all of them in any case.
  if (request.q.trim() !== '') await byIndexOnly(tx);
  const view =
    deps.held && request.deadline === undefined ? await deps.held.viewAt(tx, request.kind, state) : null;
  return runOf(deps, tx, request, state.changes, view);
}

/** Facets filtered by are counted without their own filter; the rest come with the total. */
async function facetCounts(
  run: Run,
  match: Expr | null,
  base: () => Promise<FacetCounts>,
): Promise<FacetCounts | null> {
  if (!run.request.facets) return null;
  const counts = { ...(await base()) };
  for (const facet of FACETS)
    if ((run.request.filters?.[facet]?.length ?? 0) > 0)
      counts[facet] = (await run.matcher.facets(match, facet))[facet];
  return counts;
}

/** Whether all that is asked is held in memory: deadlines, and orders other than by relevance, are not. */
const isHeld = (request: SearchRequest): boolean => isByRank(request) && request.deadline === undefined;

const isByRank = (request: SearchRequest): boolean => (request.sort ?? 'relevance') === 'relevance';

/** Hits of a page in a plain order. */
async function plainPage(run: Run, match: Expr | null): Promise<Hit[]> {
  const { offset, limit } = page(run.request);
  const ids = isByRank(run.request)
    ? await run.matcher.listed(match, new Set(), offset, limit)
    : await run.tables.sorted(match, offset, limit);
  const named = await namedById(run.db, run.request.kind, ids);
  return named.map((one) => ({ ...one, rule: 'list', score: 0, reasons: [] }));
}

/** Nothing asked: everything the audience may find, under the filters. */
async function list(run: Run): Promise<SearchResult> {
  const total = await run.matcher.total(null);
  const facets = await facetCounts(run, null, () => run.matcher.facets(null, null));
  const hits = await plainPage(run, null);
  const deadlines = await run.tables.deadlines(null);
  return { ...deadlines, total, hits, facets, notes: [], read: '', terms: NO_TERMS };
}

async function search(deps: QueryDeps, run: Run, query: ParsedQuery): Promise<Window> {
  const chosen = await chooseLevel(run.matcher, deps.lexicon, query);
  if (chosen === null) return { query, level: null, total: 0, facets: noCounts(), ranked: [] };
  const { level, total } = chosen;
  return { query, level, total, facets: null, ranked: await rankLevel(run.matcher, chosen) };
}

/** What other filters would find where these find nothing, by the strictest level that finds something then. */
async function countsBeyond(run: Run, query: ParsedQuery): Promise<Partial<Counts>> {
  if (!isFiltered(run.request)) return {};
  for (const { match } of planQuery(query).levels) {
    const facets = await facetCounts(run, match, () => Promise.resolve(noCounts()));
    const counts = { facets, ...(await run.tables.deadlines(match)) };
    if (isCounted(counts)) return counts;
  }
  return {};
}

async function present(deps: QueryDeps, run: Run, found: Window): Promise<SearchResult> {
  const { query, level, ranked } = found;
  if (level === null) return { ...nothing(run.request, query), ...(await countsBeyond(run, query)) };
  const facets = await facetCounts(
    run,
    level.match,
    async () => (found.facets ??= await run.matcher.facets(level.match, null)),
  );
  const common = {
    ...{ total: found.total, facets, read: query.text, terms: highlightTerms(query) },
    ...(await run.tables.deadlines(level.match)),
  };
  const hits = isByRank(run.request)
    ? await relevantPage(run, level, found)
    : await plainPage(run, level.match);
  return { ...common, hits, notes: notesOf(deps.lexicon, query, level, ranked) };
}

/** A page of the ranked window, continued behind it by the plain order of the level. */
async function relevantPage(run: Run, level: Level, { ranked }: Window): Promise<Hit[]> {
  const { offset, limit } = page(run.request);
  const first = new Map(ranked.slice(offset, offset + limit).map((r) => [r.id, r]));
  const left = limit - first.size;
  const behind = Math.max(0, offset - ranked.length);
  const after =
    left === 0 || ranked.length < WINDOW
      ? []
      : await run.matcher.listed(level.match, new Set(ranked.map((r) => r.id)), behind, left);
  const named = await namedById(run.db, run.request.kind, [...first.keys(), ...after]);
  return named.map((one): Hit => {
    const { rule, score, reasons } = first.get(one.id) ?? NOT_RANKED;
    return { ...one, rule, score, reasons: run.request.explain ? reasons : [] };
  });
}

const NOT_RANKED = { rule: 'content', score: 0, reasons: [] } as const;
