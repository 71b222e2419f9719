import type { Kysely } from 'kysely';
import {
  companyDocument,
  opportunityDocument,
  projectDocument,
  type IndexKind,
  type SearchDocument,
} from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { readRows } from '#lib/server/search/source-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Documents as the tables and a lexicon make them. */

/** What gives the documents of rows that have been read, one after the other. */
export type Making = Iterable<SearchDocument>;

/** Reads some rows as they are now, and makes their documents when they are asked for; rows that are gone have none. */
export async function readDocuments(
  db: Kysely<Database>,
  words: Lexicon,
  kind: IndexKind,
  ids: readonly string[],
  version: number,
): Promise<Making> {
  if (kind === 'company')
    return (await readRows.company(db, ids, version)).values().map((r) => companyDocument(words, r));
  if (kind === 'opportunity')
    return (await readRows.opportunity(db, ids, version)).values().map((r) => opportunityDocument(words, r));
  return (await readRows.project(db, ids, version)).values().map((r) => projectDocument(words, r));
}

/** The documents of some rows as they are now; rows that are gone have none. */
export async function documentsOf(
  db: Kysely<Database>,
  words: Lexicon,
  kind: IndexKind,
  ids: readonly string[],
  version: number,
): Promise<SearchDocument[]> {
  return [...(await readDocuments(db, words, kind, ids, version))];
}
