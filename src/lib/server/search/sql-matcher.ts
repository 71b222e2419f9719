import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { Facet } from '#lib/domain/search/document.ts';
import { and, type Expr } from '#lib/domain/search/plan.ts';
import type { Rankable } from '#lib/domain/search/rank.ts';
import { finderKey } from '#lib/domain/search/finder.ts';
import { findableBy } from '#lib/server/search/audience.ts';
import {
  closesWithin,
  deadlineCountsColumn,
  deadlineKey,
  noDeadlines,
  type DeadlineCounts,
} from '#lib/server/search/deadlines.ts';
import { joinedFacets, type FacetCodes } from '#lib/server/search/facet-codes.ts';
import { filtersOf } from '#lib/server/search/held-view.ts';
import type { Matcher, Wanted } from '#lib/server/search/matcher.ts';
import type { Memory } from '#lib/server/search/memory.ts';
import type { FacetCounts, SearchRequest } from '#lib/server/search/port.ts';
import { tsquery } from '#lib/server/search/tsquery.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** More hits than this are a good part of an index: its order is then walked instead of sorting the hits. */
const BROAD = 8000;
const WALK = 2000;

export interface Count {
  total: number;
  facets: FacetCounts;
}

interface RankableRow {
  id: string;
  vetted: boolean;
  updated: number;
  tokens: string;
}

const rankableOf = (row: RankableRow): Rankable => ({
  ...{ id: row.id, vetted: row.vetted, updatedAt: row.updated, tokens: row.tokens.split(' ') },
});

/** What a hit is known by. */
export interface Named {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
}

/** What hits are known by, in the order of the ids. */
export async function namedById(
  db: Kysely<Database>,
  kind: SearchRequest['kind'],
  ids: readonly string[],
): Promise<Named[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Named>`
    select id, source, external_id as "externalId" from ${sql.table(`search_${kind}`)}
    where id = any(${ids})`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * For the rest of the transaction: hits are found by the index. The planner does not know that the tokens lie outside
 * the rows, and takes reading all of them for cheap.
 */
export async function byIndexOnly(tx: Kysely<Database>): Promise<void> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
    set_config('work_mem', '16MB', true)`.execute(tx);
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

/** Answers by the indexes of PostgreSQL: always right, and quick unless a query matches a good part of all documents. */
export class SqlMatcher implements Matcher {
  private readonly tx: Kysely<Database>;
  private readonly request: SearchRequest;
  private readonly changes: number;
  private readonly codes: FacetCodes;
  private readonly counts: Memory<Count>;
  private readonly table: RawBuilder<unknown>;
  private readonly findable: RawBuilder<SqlBool>;

  constructor(
    tx: Kysely<Database>,
    request: SearchRequest,
    /** Changes of the index so far: what is remembered under it is still right. */
    changes: number,
    codes: FacetCodes,
    counts: Memory<Count>,
  ) {
    this.tx = tx;
    this.request = request;
    this.changes = changes;
    this.codes = codes;
    this.counts = counts;
    this.table = sql.table(`search_${request.kind}`);
    this.findable = findableBy(request.audience);
  }

  /** Rows that match an expression under the filters and the audience. */
  private where(match: Expr | null, without: Facet | 'deadline' | null = null): RawBuilder<SqlBool> {
    const filters = filtersOf(this.request.filters, without === 'deadline' ? null : without);
    const closes = without === 'deadline' ? null : closesWithin(this.request.deadline);
    const both = match && filters ? and([match, filters]) : (match ?? filters);
    const may = closes === null ? this.findable : sql<SqlBool>`${this.findable} and ${closes}`;
    if (both === null) return may;
    const text = tsquery(both);
    return text === null ? sql<SqlBool>`false` : sql<SqlBool>`tokens @@ ${text}::tsquery and ${may}`;
  }

  /**
   * The rows that match, to be put in an order. Fenced off: else the planner walks the index of the order and tests
   * every row's tokens.
   */
  private matching(match: Expr | null): RawBuilder<unknown> {
    const rows = sql`select id, vetted, updated_at, deadline, name_ko, name_en from ${this.table}
      where ${this.where(match)}`;
    return match === null && filtersOf(this.request.filters, null) === null
      ? sql`(${rows}) m`
      : sql`(${rows} offset 0) m`;
  }

  private async count(match: Expr | null, without: Facet | null): Promise<Count> {
    const { request } = this;
    const filters = filtersOf(request.filters, without);
    const key = [
      ...[request.kind, this.changes, finderKey(request.audience), without ?? ''],
      deadlineKey(request.deadline),
      ...[match ? tsquery(match) : '', filters ? tsquery(filters) : ''],
    ].join('\n');
    const known = this.counts.get(key);
    if (known) return known;
    const { rows } = await sql<{ total: number; facets: string | null }>`
      select count(*)::int as total, ${joinedFacets} as facets from ${this.table}
      where ${this.where(match, without)}`.execute(this.tx);
    const facets = await this.codes.count(this.tx, rows[0]?.facets ?? '');
    const found = { total: rows[0]?.total ?? 0, facets };
    this.counts.set(key, found);
    return found;
  }

  async total(match: Expr | null): Promise<number> {
    return (await this.count(match, null)).total;
  }

  async facets(match: Expr | null, without: Facet | null): Promise<FacetCounts> {
    return (await this.count(match, without)).facets;
  }

  /** How many lie in each range of deadlines, the filter by deadline left out. */
  async deadlines(match: Expr | null): Promise<{ deadlines?: DeadlineCounts }> {
    const { deadline, facets } = this.request;
    if (!deadline || !facets) return {};
    const { rows } = await sql<{ deadlines: DeadlineCounts }>`
      select ${deadlineCountsColumn(deadline.now)} from ${this.table}
      where ${this.where(match, 'deadline')}`.execute(this.tx);
    return { deadlines: rows[0]?.deadlines ?? noDeadlines() };
  }

  async candidates({ matches, known, most, total }: Wanted): Promise<Rankable[]> {
    const out = new Map<string, Rankable>();
    for (const match of matches) {
      if (out.size >= most) break;
      // As many as are wanted beside those that are known already.
      for (const one of await this.first(match, most + known.size, total > BROAD ? WALK : 0))
        if (out.size < most && !known.has(one.id)) out.set(one.id, one);
    }
    return [...out.values()];
  }

  /** The first rows in order, by finding all that match and sorting them. */
  private behind(match: Expr, most: number): RawBuilder<unknown> {
    return sql`select id from ${this.matching(match)} order by vetted desc, updated_at desc, id limit ${most}`;
  }

  /**
   * The first rows in order, by walking the order and testing each row: for expressions that a good part of all rows
   * match. Only the first `rows` rows are walked; too few found there says nothing.
   */
  private ahead(match: Expr, most: number, rows: number): RawBuilder<unknown> {
    return sql`
      select id from (select * from ${this.table} order by vetted desc, updated_at desc, id limit ${rows}) o
      where ${this.where(match)} limit ${most}`;
  }

  /** `likely`: rows to walk first, 0 for none. */
  private async first(match: Expr, most: number, likely: number): Promise<Rankable[]> {
    const ids = likely > 0 ? this.ahead(match, most, likely) : this.behind(match, most);
    const { rows } = await sql<RankableRow>`
      select d.id, d.vetted, (extract(epoch from d.updated_at) * 1000)::float8 as updated,
        array_to_string(tsvector_to_array(d.tokens), ' ') as tokens
      from (${ids}) c join ${this.table} d using (id)`.execute(this.tx);
    if (likely > 0 && rows.length < most) return await this.first(match, most, 0);
    return rows.map(rankableOf);
  }

  async listed(
    match: Expr | null,
    without: ReadonlySet<string>,
    offset: number,
    limit: number,
  ): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from ${this.matching(match)}
      where id <> all(${[...without]}) order by vetted desc, updated_at desc, id
      offset ${offset} limit ${limit}`.execute(this.tx);
    return rows.map(({ id }) => id);
  }

  /** Ids of a stretch of the documents in the order asked for. */
  async sorted(match: Expr | null, offset: number, limit: number): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from ${this.matching(match)}
      order by ${order(this.request)} offset ${offset} limit ${limit}`.execute(this.tx);
    return rows.map(({ id }) => id);
  }
}
