import type { ColumnType } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Generated, Timestamp } from '#lib/server/platform/columns.ts';

export interface SearchCheckTable {
  id: Generated<number>;
  at: Timestamp;
  engine: 'postgres' | 'meilisearch';
  kind: IndexKind;
  documents: number;
  missing: number;
  stale: number;
  extra: number;
  took_ms: number;
  error: ColumnType<string | null, string | null, never>;
}

export interface SearchCheckTables {
  search_check: SearchCheckTable;
}
