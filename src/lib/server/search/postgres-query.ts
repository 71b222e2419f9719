import { sql, type Kysely, type RawBuilder, type SqlBool, type Transaction } from 'kysely';
import { FACETS, facetToken, type Facet, type FacetValues } from '#lib/domain/search/document.ts';
import { highlightTerms, NO_TERMS } from '#lib/domain/search/highlight.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import {
  and,
  ENOUGH,
  or,
  pairTokens,
  planQuery,
  type Expr,
  type Level,
  type Plan,
} from '#lib/domain/search/plan.ts';
import { parseQuery, type ParsedQuery } from '#lib/domain/search/query.ts';
import { rankDocuments, type Rankable, type Ranked } from '#lib/domain/search/rank.ts';
import { probesOf, resolveQuery } from '#lib/domain/search/resolve.ts';
import { isSettled, nothing, notesOf, page, WINDOW } from '#lib/server/search/answer.ts';
import { audienceKey, findableBy } from '#lib/server/search/audience.ts';
import {
  closesWithin,
  deadlineCountsColumn,
  deadlineKey,
  noDeadlines,
  type DeadlineCounts,
} from '#lib/server/search/deadlines.ts';
import { joinedFacets, noCounts, type FacetCodes } from '#lib/server/search/facet-codes.ts';
import type { Memory } from '#lib/server/search/memory.ts';
import type { FacetCounts, Hit, SearchRequest, SearchResult } from '#lib/server/search/port.ts';
import { tsquery } from '#lib/server/search/tsquery.ts';
import { lookUpWords } from '#lib/server/search/vocabulary.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Tx = Transaction<Database>;

/** More hits than this are a good part of an index: its order is then walked instead of sorting the hits. */
const BROAD = 8000;
const WALK = 2000;

export interface Count {
  total: number;
  facets: FacetCounts;
}

interface Candidate extends Rankable {
  source: string;
  externalId: string;
}

/** One search: its request, its transaction and what both imply. */
interface Run {
  tx: Tx;
  request: SearchRequest;
  table: RawBuilder<unknown>;
  findable: RawBuilder<SqlBool>;
  /** Changes of the index so far: what is remembered under it is still right. */
  changes: number;
}

export interface QueryDeps {
  db: Kysely<Database>;
  lexicon: Lexicon;
  codes: FacetCodes;
  /** Counts by expression, and ranked windows by query, each under the number of changes they were made at. */
  counts: Memory<Count>;
  windows: Memory<Window>;
}

/** A query as it was answered: what all pages of its list have in common. */
export interface Window {
  query: ParsedQuery;
  level: Level | null;
  base: Count;
  ranked: readonly Ranked[];
  pool: ReadonlyMap<string, Pick<Candidate, 'source' | 'externalId'>>;
}

/** Runs a search in one read-only snapshot, so that list, total and counts agree. */
export async function runQuery(deps: QueryDeps, request: SearchRequest): Promise<SearchResult> {
  return await deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const run = await start(tx, request);
      const parsed = parseQuery(deps.lexicon, request.q, request.kind);
      if (parsed.empty) return await list(deps, run);
      return await present(deps, run, await window(deps, run, parsed));
    });
}

/** The ranked window of a query, remembered until the index changes. */
async function window(deps: QueryDeps, run: Run, parsed: ParsedQuery): Promise<Window> {
  const { request } = run;
  const filters = filtersOf(request.filters, null);
  const key = [
    request.kind,
    run.changes,
    audienceKey(request.audience),
    filters ? tsquery(filters) : '',
    deadlineKey(request.deadline),
    request.q,
  ];
  const known = deps.windows.get(key.join('\n'));
  if (known) return known;
  const words = await lookUpWords(run.tx, request.kind, probesOf(parsed));
  const found = await search(deps, run, resolveQuery(deps.lexicon, parsed, words));
  deps.windows.set(key.join('\n'), found);
  return found;
}

async function start(tx: Tx, request: SearchRequest): Promise<Run> {
  // Bitmap scans read the index; the planner does not know that the tokens lie outside the rows.
  const { rows } = await sql<{ changes: number }>`
    select changes, set_config('enable_seqscan', ${parsedEmpty(request) ? 'on' : 'off'}, true), set_config('jit', 'off', true),
      set_config('work_mem', '16MB', true)
    from search_state where kind = ${request.kind}`.execute(tx);
  return {
    ...{ tx, request, table: sql.table(`search_${request.kind}`), findable: findableBy(request.audience) },
    changes: rows[0]?.changes ?? 0,
  };
}

const parsedEmpty = (request: SearchRequest): boolean => request.q.trim() === '';

const filterOf = (facet: Facet, values: readonly string[]): Expr =>
  or(values.map((value): Expr => ({ op: 'token', token: facetToken(facet, value), prefix: false })));

/** The filters as an expression, one facet left out if named; null when there are none. */
function filtersOf(filters: FacetValues | undefined, without: Facet | null): Expr | null {
  const parts = FACETS.filter((f) => f !== without && (filters?.[f]?.length ?? 0) > 0);
  return parts.length === 0 ? null : and(parts.map((f) => filterOf(f, filters?.[f] ?? [])));
}

/** Rows that match an expression under the filters and the audience; `match` null is every row. */
function where(run: Run, match: Expr | null, without: Facet | 'deadline' | null = null): RawBuilder<SqlBool> {
  const filters = filtersOf(run.request.filters, without === 'deadline' ? null : without);
  const closes = without === 'deadline' ? null : closesWithin(run.request.deadline);
  const both = match && filters ? and([match, filters]) : (match ?? filters);
  const may = closes === null ? run.findable : sql<SqlBool>`${run.findable} and ${closes}`;
  if (both === null) return may;
  const text = tsquery(both);
  return text === null ? sql<SqlBool>`false` : sql<SqlBool>`tokens @@ ${text}::tsquery and ${may}`;
}

/**
 * The rows that match, to be put in an order. Fenced off: else the planner walks the index of the order and tests
 * every row's tokens.
 */
function matching(run: Run, match: Expr | null): RawBuilder<unknown> {
  const rows = sql`select id, vetted, updated_at, deadline, name_ko, name_en, source, external_id from ${run.table}
    where ${where(run, match)}`;
  return match === null && filtersOf(run.request.filters, null) === null
    ? sql`(${rows}) m`
    : sql`(${rows} offset 0) m`;
}

async function count(
  deps: QueryDeps,
  run: Run,
  match: Expr | null,
  without: Facet | null = null,
): Promise<Count> {
  const { request } = run;
  const filters = filtersOf(request.filters, without);
  const key = [
    ...[request.kind, run.changes, audienceKey(request.audience), without ?? ''],
    deadlineKey(request.deadline),
    ...[match ? tsquery(match) : '', filters ? tsquery(filters) : ''],
  ].join('\n');
  const known = deps.counts.get(key);
  if (known) return known;
  const { rows } = await sql<{ total: number; facets: string | null }>`
    select count(*)::int as total, ${joinedFacets} as facets from ${run.table}
    where ${where(run, match, without)}`.execute(run.tx);
  const total = rows[0]?.total ?? 0;
  const facets = await deps.codes.count(run.tx, rows[0]?.facets ?? '');
  const found = { total, facets };
  deps.counts.set(key, found);
  return found;
}

/** Facets filtered by are counted without their own filter; the rest come with the total. */
async function facetCounts(
  deps: QueryDeps,
  run: Run,
  match: Expr | null,
  base: Count,
): Promise<FacetCounts | null> {
  if (!run.request.facets) return null;
  const counts = { ...base.facets };
  for (const facet of FACETS)
    if ((run.request.filters?.[facet]?.length ?? 0) > 0)
      counts[facet] = (await count(deps, run, match, facet)).facets[facet];
  return counts;
}

/** How many lie in each range of deadlines, the filter by deadline left out. */
async function deadlineCounts(run: Run, match: Expr | null): Promise<{ deadlines?: DeadlineCounts }> {
  const { deadline, facets } = run.request;
  if (!deadline || !facets) return {};
  const { rows } = await sql<{ deadlines: DeadlineCounts }>`
    select ${deadlineCountsColumn(deadline.now)} from ${run.table} where ${where(run, match, 'deadline')}`.execute(
    run.tx,
  );
  return { deadlines: rows[0]?.deadlines ?? noDeadlines() };
}

const ORDERS = {
  relevance: sql`vetted desc, updated_at desc, id`,
  newest: sql`updated_at desc, id`,
  // What is still open comes first; what is over stands behind it, with those that have no deadline last.
  deadline: sql`coalesce(deadline < now(), false), deadline nulls last, id`,
} as const;

function order(request: SearchRequest): RawBuilder<unknown> {
  if (request.sort === 'name') return request.lang === 'en' ? sql`name_en, id` : sql`name_ko, id`;
  return ORDERS[request.sort ?? 'relevance'];
}

/** Hits of a page in a plain order. */
async function plainPage(run: Run, match: Expr | null): Promise<Hit[]> {
  const { offset, limit } = page(run.request);
  const { rows } = await sql<{ id: string; source: string; external_id: string }>`
    select id, source, external_id from ${matching(run, match)}
    order by ${order(run.request)} offset ${offset} limit ${limit}`.execute(run.tx);
  return rows.map((row) => ({
    ...{ id: row.id, source: row.source, externalId: row.external_id, rule: 'list', score: 0, reasons: [] },
  }));
}

/** Nothing asked: everything the audience may find, under the filters. */
async function list(deps: QueryDeps, run: Run): Promise<SearchResult> {
  const base = await count(deps, run, null);
  const facets = await facetCounts(deps, run, null, base);
  return {
    ...(await deadlineCounts(run, null)),
    total: base.total,
    hits: await plainPage(run, null),
    facets,
    notes: [],
    read: '',
    terms: NO_TERMS,
  };
}

/** The first ids in order, by finding all that match and sorting them. */
const behind = (run: Run, match: Expr, most: number) => sql`
  select id from ${matching(run, match)} order by vetted desc, updated_at desc, id limit ${most}`;

/**
 * The first ids in order, by walking the order and testing each row: for expressions that a good part of all rows
 * match. Only the first `rows` rows are walked; too few found there says nothing.
 */
const ahead = (run: Run, match: Expr, most: number, rows: number) => sql`
  select id from (select * from ${run.table} order by vetted desc, updated_at desc, id limit ${rows}) o
  where ${where(run, match)} limit ${most}`;

/** Candidates of one expression, in the order of a tier. `likely`: rows to walk first, 0 for none. */
async function candidates(run: Run, match: Expr, most: number, likely: number): Promise<Candidate[]> {
  const { rows } = await sql<{
    id: string;
    source: string;
    external_id: string;
    vetted: boolean;
    updated: number;
    tokens: string;
  }>`
    select d.id, d.source, d.external_id, d.vetted, (extract(epoch from d.updated_at) * 1000)::float8 as updated,
      array_to_string(tsvector_to_array(d.tokens), ' ') as tokens
    from (${likely > 0 ? ahead(run, match, most, likely) : behind(run, match, most)}) c
      join ${run.table} d using (id)`.execute(run.tx);
  if (likely > 0 && rows.length < most) return await candidates(run, match, most, 0);
  return rows.map((row) => ({
    ...{ id: row.id, source: row.source, externalId: row.external_id },
    ...{ vetted: row.vetted, updatedAt: row.updated, tokens: row.tokens.split(' ') },
  }));
}

/** The strictest level that finds enough; a name or number that is found exactly needs no widening. */
async function chooseLevel(
  deps: QueryDeps,
  run: Run,
  plan: Plan,
  settled: boolean,
): Promise<[Level, Count] | null> {
  let chosen: [Level, Count] | null = null;
  for (const level of plan.levels) {
    const found = await count(deps, run, level.match);
    if (chosen === null || found.total > chosen[1].total) chosen = [level, found];
    if (found.total >= ENOUGH || (settled && found.total > 0)) break;
  }
  return chosen;
}

async function search(deps: QueryDeps, run: Run, query: ParsedQuery): Promise<Window> {
  const pairs = pairTokens(query, (id) => deps.lexicon.concepts.get(id)?.descendants ?? []);
  const plan = planQuery(query, pairs);
  const pool = new Map<string, Candidate>();
  const collect = async (match: Expr, likely = 0) => {
    const found = await candidates(run, match, WINDOW, likely);
    for (const one of found) if (pool.size < WINDOW) pool.set(one.id, one);
  };
  const [names, ...tiers] = plan.first;
  if (names) await collect(names);
  const settled = isSettled(query, rankDocuments(query, pairs, [...pool.values()]));
  const chosen = await chooseLevel(deps, run, plan, settled);
  if (chosen === null || chosen[1].total === 0) {
    return { query, level: null, base: { total: 0, facets: noCounts() }, ranked: [], pool };
  }
  const [level, base] = chosen;
  // Few hits are all ranked; of many, the strongest tiers are.
  for (const tier of base.total <= WINDOW ? [level.match] : [...tiers, level.match]) {
    if (pool.size >= Math.min(WINDOW, base.total)) break;
    await collect(tier, base.total > BROAD ? WALK : 0);
  }
  const ranked = rankDocuments(query, pairs, [...pool.values()]);
  const slim = new Map([...pool].map(([id, { source, externalId }]) => [id, { source, externalId }]));
  return { query, level, base, ranked, pool: slim };
}

async function present(deps: QueryDeps, run: Run, found: Window): Promise<SearchResult> {
  const { query, level, base, ranked } = found;
  if (level === null) return nothing(run.request, query);
  const facets = await facetCounts(deps, run, level.match, base);
  const common = {
    ...{ total: base.total, facets, read: query.text, terms: highlightTerms(query) },
    ...(await deadlineCounts(run, level.match)),
  };
  const byRank = (run.request.sort ?? 'relevance') === 'relevance';
  const hits = byRank ? await relevantPage(run, level, found) : await plainPage(run, level.match);
  return { ...common, hits, notes: notesOf(deps.lexicon, query, level, ranked) };
}

/** A page of the ranked window, continued behind it by the plain order of the level. */
async function relevantPage(run: Run, level: Level, { pool, ranked }: Window): Promise<Hit[]> {
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
  if (left === 0 || pool.size < WINDOW) return hits;
  const { rows } = await sql<{ id: string; source: string; external_id: string }>`
    select id, source, external_id from ${matching(run, level.match)}
    where id <> all(${[...pool.keys()]})
    order by vetted desc, updated_at desc, id offset ${Math.max(0, offset - pool.size)} limit ${left}`.execute(
    run.tx,
  );
  const behind = rows.map((row): Hit => ({
    ...{
      id: row.id,
      source: row.source,
      externalId: row.external_id,
      rule: 'content',
      score: 0,
      reasons: [],
    },
  }));
  return [...hits, ...behind];
}
