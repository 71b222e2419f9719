import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Frequency, SavedFilters } from '#lib/domain/search/saved.ts';
import type { Packed } from '#lib/domain/search/watch.ts';
import type {
  DateText,
  DefaultJson,
  DefaultTimestamp,
  Generated,
  Json,
  Optional,
  Timestamp,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface SearchDocumentTable {
  id: string;
  version: number;
  source: Generated<string>;
  external_id: Generated<string>;
  name_ko: Generated<string>;
  name_en: Generated<string>;
  /** tsvector; written as text of quoted lexemes */
  tokens: string;
  /** one character a facet value, see facet-codes.ts */
  facets: Generated<string>;
  vetted: boolean;
  visibility: string;
  owner: Optional<string>;
  invited: Generated<string[]>;
  updated_at: Timestamp;
  deadline: TimestampOrNull;
  /** change of the index that wrote the row */
  changed: Generated<number>;
}

export interface SearchWordTable {
  word: string;
  field: 'n' | 'w' | 's' | 't';
  letters: string;
}

export interface SearchFacetTable {
  code: Generated<number>;
  facet: string;
  value: string;
}

export interface SearchStateTable {
  kind: IndexKind;
  changes: Generated<number>;
  rebuilt_at: TimestampOrNull;
  /** change up to which the segment goes */
  segment: Optional<number>;
  segment_at: TimestampOrNull;
  valid_from: Generated<number>;
}

export interface SearchGoneTable {
  kind: IndexKind;
  id: string;
  changed: number;
}

export interface SearchSegmentTable {
  kind: IndexKind;
  number: number;
  section: string;
  piece: number;
  data: Buffer;
}

export interface SearchReadingTable {
  id: Generated<number>;
  kind: IndexKind;
  q: string;
  expr: Json<Packed>;
  uncertain: boolean;
  lexicon: string;
  read_at: Timestamp;
  xid: Generated<string>;
}

export interface SavedSearchTable {
  id: Generated<string>;
  account_id: string;
  organisation_id: Optional<string>;
  official: Generated<boolean>;
  kind: IndexKind;
  q: string;
  filters: DefaultJson<SavedFilters>;
  reading_id: number;
  name: string;
  frequency: Frequency;
  stop_token: string;
  created_at: DefaultTimestamp;
  seen_at: DefaultTimestamp;
  paused_at: TimestampOrNull;
  removed_at: TimestampOrNull;
  xid: Generated<string>;
}

export interface SavedSearchHitTable {
  saved_search_id: string;
  document_id: string;
  known: Generated<boolean>;
  found_at: DefaultTimestamp;
  told_at: TimestampOrNull;
}

export interface SearchSettingTable {
  account_id: string;
  keep_recent: Generated<boolean>;
  stop_token: string;
}

export interface RecentSearchTable {
  id: Generated<string>;
  account_id: string;
  kind: IndexKind;
  q: string;
  filters: DefaultJson<SavedFilters>;
  searched_at: DefaultTimestamp;
}

export interface SearchTermTable {
  day: DateText;
  kind: IndexKind;
  terms: string;
  asked: number;
  empty: number;
  several: Generated<boolean>;
  mark: Optional<string>;
}

export interface SearchMarkKeyTable {
  singleton: Generated<boolean>;
  key: string;
  made_at: Timestamp;
}

export interface SearchOutboxTable {
  kind: IndexKind;
  id: string;
  mark: Generated<string>;
}

export interface SearchRebuildTable {
  engine: 'postgres' | 'meilisearch';
  kind: IndexKind;
  change_mark: string;
  lexicon: number;
  after_id: Generated<string>;
  documents: Generated<number>;
  started_at: DefaultTimestamp;
}

export interface SearchTables {
  search_outbox: SearchOutboxTable;
  search_rebuild: SearchRebuildTable;
  search_reading: SearchReadingTable;
  saved_search: SavedSearchTable;
  saved_search_hit: SavedSearchHitTable;
  search_setting: SearchSettingTable;
  recent_search: RecentSearchTable;
  search_term: SearchTermTable;
  search_mark_key: SearchMarkKeyTable;
  search_company: SearchDocumentTable;
  search_opportunity: SearchDocumentTable;
  search_project: SearchDocumentTable;
  search_company_word: SearchWordTable;
  search_opportunity_word: SearchWordTable;
  search_project_word: SearchWordTable;
  search_facet: SearchFacetTable;
  search_state: SearchStateTable;
  search_gone: SearchGoneTable;
  search_segment: SearchSegmentTable;
}
