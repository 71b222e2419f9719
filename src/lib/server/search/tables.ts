import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Generated, Optional, Timestamp, TimestampOrNull } from '#lib/server/platform/columns.ts';

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
}

export interface SearchTables {
  search_company: SearchDocumentTable;
  search_opportunity: SearchDocumentTable;
  search_project: SearchDocumentTable;
  search_company_word: SearchWordTable;
  search_opportunity_word: SearchWordTable;
  search_project_word: SearchWordTable;
  search_facet: SearchFacetTable;
  search_state: SearchStateTable;
}
