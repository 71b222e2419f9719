import type { DeadlineFilter, DeadlineRange } from '#lib/domain/search/deadline.ts';
import type { HighlightTerms } from '#lib/domain/search/highlight.ts';
import type { Facet, FacetValues, IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import type { Finder } from '#lib/domain/search/finder.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import type { Note } from '#lib/domain/search/query.ts';
import type { Reason } from '#lib/domain/search/rank.ts';
import type { Known } from '#lib/server/search/held-view.ts';
import type { LexiconInEffect } from '#lib/server/search/lexicon-queries.ts';
import type { Moment } from '#lib/server/search/moment.ts';

/** As whom a search is made. The server derives it from the actor; no request ever states it. */
export type Audience = Finder;

export const SORTS = ['relevance', 'newest', 'name', 'deadline'] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchRequest {
  readonly kind: IndexKind;
  readonly q: string;
  readonly audience: Audience;
  /** Any of the values of a facet, all of the facets. */
  readonly filters?: FacetValues;
  /** Any of these ranges of deadlines; counted beside the facets when given. */
  readonly deadline?: DeadlineFilter;
  readonly sort?: Sort;
  /** Language of the sort by name. */
  readonly lang?: 'ko' | 'en';
  readonly offset?: number;
  readonly limit?: number;
  /** Count the values of all facets. */
  readonly facets?: boolean;
  /** Say for each hit which field and rule made it. */
  readonly explain?: boolean;
}

export interface Hit {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly rule: 'identifier' | 'name' | 'prefix' | 'content' | 'list';
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export type FacetCounts = Record<Facet, Record<string, number>>;

export interface SearchResult {
  readonly total: number;
  readonly hits: readonly Hit[];
  /** Each facet is counted with its own filter left out: the number is what one gets by adding the value. */
  readonly facets: FacetCounts | null;
  /** How many lie in each range of deadlines, counted like a facet, when a filter by deadline was given. */
  readonly deadlines?: Readonly<Record<DeadlineRange, number>>;
  /** What was read differently from what was typed: layout, spelling, words dropped, list widened. */
  readonly notes: readonly Note[];
  /** The query as understood. */
  readonly read: string;
  /** What to mark in the texts of the hits. */
  readonly terms: HighlightTerms;
  /** The lexicon the query was read with, when it is not the shipped one: marks are found with the same. */
  readonly lexicon?: Lexicon;
}

export type SuggestionKind = 'company' | 'opportunity' | 'project' | 'mineral' | 'capability';

export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly text: string;
  readonly id: string;
}

export interface SuggestRequest {
  readonly q: string;
  readonly audience: Audience;
  readonly lang: 'ko' | 'en';
  readonly kinds?: readonly SuggestionKind[];
  readonly limit?: number;
}

export interface Health {
  readonly ok: boolean;
  readonly documents: Record<IndexKind, number>;
  /** Whether the engine runs on the settings of this version; old ones are replaced by a rebuild. Absent: it has none. */
  readonly settings?: 'current' | 'old';
  /** Version of the search server. */
  readonly version?: string;
}

/** What goes with a call; an engine makes of it what it can. */
export interface Call {
  /** Gives up the work when it fires. */
  readonly signal?: AbortSignal;
  /** What the database said just before, so that it need not be asked again. */
  readonly moment?: Moment;
  /** The lexicon to read with; that of the moment, if it is not given. */
  readonly words?: LexiconInEffect;
  /** What the process knows of the documents of the kind: null, nothing; absent, nobody has looked. */
  readonly known?: Known | null;
  /** Is told the hits of the page as soon as they are known, while the rest is still counted. */
  foreseen?(this: void, ids: readonly string[]): void;
}

/** A document to be taken out. The version is that of the reading that found the row gone. */
export interface Removal {
  readonly id: string;
  readonly version: number;
}

export type EngineName = 'postgres' | 'meilisearch';

/** Lets a rebuild that is cut off go on later. */
export interface RebuildSteps {
  /** Go on with the index that an earlier rebuild has left; `documents` then begin behind what is in it. */
  readonly resume: boolean;
  /** Called when everything up to this document is safely in the new index. */
  loaded(lastId: string): Promise<void>;
}

/** A search engine. Documents are derived data: an engine may lose all of them and be rebuilt. */
export interface SearchEngine {
  query(request: SearchRequest, call?: Call): Promise<SearchResult>;
  suggest(request: SuggestRequest, call?: Call): Promise<Suggestion[]>;
  /** Adds or replaces; a document older than the one held is ignored. */
  upsert(documents: readonly SearchDocument[]): Promise<void>;
  remove(kind: IndexKind, removals: readonly Removal[]): Promise<void>;
  /** Replaces the whole index of a kind; readers see the old one or the new one, never a half. */
  rebuild(
    kind: IndexKind,
    documents: AsyncIterable<readonly SearchDocument[]>,
    steps?: RebuildSteps,
  ): Promise<number>;
  /** Whether an earlier rebuild has left an index that another one can go on with. */
  hasUnfinished(kind: IndexKind): Promise<boolean>;
  health(call?: Call): Promise<Health>;
}
