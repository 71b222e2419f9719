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

/** The documents of some rows as they are now; rows that are gone have none. */
export async function documentsOf(
  db: Kysely<Database>,
  words: Lexicon,
  kind: IndexKind,
  ids: readonly string[],
  version: number,
): Promise<SearchDocument[]> {
  if (kind === 'company')
    return (await readRows.company(db, ids, version)).map((r) => companyDocument(words, r));
  if (kind === 'opportunity')
    return (await readRows.opportunity(db, ids, version)).map((r) => opportunityDocument(words, r));
  return (await readRows.project(db, ids, version)).map((r) => projectDocument(words, r));
}
