import { sql, type Kysely } from 'kysely';
import type { IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import { INDEX_KINDS } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { FacetCodes } from '#lib/server/search/facet-codes.ts';
import { Memory } from '#lib/server/search/memory.ts';
import type {
  Health,
  RebuildSteps,
  Removal,
  SearchEngine,
  SearchRequest,
  SearchResult,
  Suggestion,
  SuggestRequest,
} from '#lib/server/search/port.ts';
import { type Held } from '#lib/server/search/held.ts';
import { runQuery, type Window } from '#lib/server/search/postgres-query.ts';
import { runSuggest } from '#lib/server/search/postgres-suggest.ts';
import { hasNext, rebuildKind, removeDocuments, upsertDocuments } from '#lib/server/search/postgres-write.ts';
import type { Count } from '#lib/server/search/sql-matcher.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Counts remembered: the lists that people open over and over. */
const REMEMBERED = 500;

/** The search engine on PostgreSQL. */
export class PostgresSearch implements SearchEngine {
  private readonly db: Kysely<Database>;
  private readonly lexicon: Lexicon;
  private readonly codes = new FacetCodes();
  private readonly counts = new Memory<Count>(REMEMBERED);
  private readonly windows = new Memory<Window>(REMEMBERED);
  private readonly held: Held | null;

  /**
   * `held`: what the process holds of the index, which depends on no lexicon; with null PostgreSQL answers alone.
   */
  constructor(db: Kysely<Database>, lexicon: Lexicon, held: Held | null) {
    this.db = db;
    this.lexicon = lexicon;
    this.held = held;
  }

  query(request: SearchRequest): Promise<SearchResult> {
    const { db, lexicon, codes, held, counts, windows } = this;
    return runQuery({ db, lexicon, codes, held, counts, windows }, request);
  }

  suggest(request: SuggestRequest): Promise<Suggestion[]> {
    return runSuggest(this.db, this.held, this.lexicon, request);
  }

  async upsert(documents: readonly SearchDocument[]): Promise<void> {
    for (const kind of INDEX_KINDS)
      await upsertDocuments(
        this.db,
        this.codes,
        kind,
        documents.filter((d) => d.kind === kind),
      );
  }

  remove(kind: IndexKind, removals: readonly Removal[]): Promise<void> {
    return removeDocuments(this.db, kind, removals);
  }

  rebuild(
    kind: IndexKind,
    documents: AsyncIterable<readonly SearchDocument[]>,
    steps?: RebuildSteps,
  ): Promise<number> {
    return rebuildKind(this.db, this.codes, kind, documents, steps);
  }

  hasUnfinished(kind: IndexKind): Promise<boolean> {
    return hasNext(this.db, kind);
  }

  async health(): Promise<Health> {
    const { rows } = await sql<{ company: number; opportunity: number; project: number }>`
      select (select count(*) from search_company)::int as company,
        (select count(*) from search_opportunity)::int as opportunity,
        (select count(*) from search_project)::int as project`.execute(this.db);
    const documents = rows[0] ?? { company: 0, opportunity: 0, project: 0 };
    return { ok: rows.length === 1, documents };
  }
}
