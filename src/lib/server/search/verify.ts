import { sql, type Kysely } from 'kysely';
import { INDEX_KINDS, type IndexKind, type SearchDocument } from '#lib/domain/search/document.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { reindex, type Progress } from '#lib/server/search/index-job.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import { drawVersion, countSources, idsAfter } from '#lib/server/search/source-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Compares the index with the tables, document by document. */

const BATCH = 500;

export interface Drift {
  kind: IndexKind;
  id: string;
  /** missing: a row has no document; stale: they differ; extra: a document has no row. */
  what: 'missing' | 'stale' | 'extra';
}

interface Held {
  id: string;
  tokens: string;
  rest: string;
}

async function heldDocuments(
  db: Kysely<Database>,
  kind: IndexKind,
  ids: readonly string[],
): Promise<Map<string, Held>> {
  const { rows } = await sql<Held>`
    select id, array_to_string(tsvector_to_array(tokens), ' ') as tokens,
      concat_ws('|', name_ko, name_en, vetted::text, visibility, owner, array_to_string(invited, ',')) as rest
    from ${sql.table(`search_${kind}`)} where id = any(${ids})`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

function differs(held: Held, document: SearchDocument): boolean {
  const { nameKo, nameEn, vetted, visibility, owner, invited } = document;
  const rest = [nameKo || nameEn, nameEn || nameKo, String(vetted), visibility, owner, invited.join(',')];
  if (held.rest !== rest.filter((x) => x !== null).join('|')) return true;
  const tokens = new Set(held.tokens.split(' '));
  const expected = document.tokens.filter((t) => t.length < 500);
  return tokens.size !== expected.length || expected.some((t) => !tokens.has(t));
}

/** The places where index and tables differ; `fix` brings them together. */
export async function verify(
  db: Kysely<Database>,
  options: { kinds?: readonly IndexKind[]; fix?: boolean; progress?: (p: Progress) => void } = {},
): Promise<Drift[]> {
  const drift: Drift[] = [];
  const { lexicon: words } = await lexiconOf(db);
  for (const kind of options.kinds ?? INDEX_KINDS) {
    const total = await countSources(db, kind);
    let done = 0;
    for (let after = ''; ;) {
      const ids = await idsAfter(db, kind, after, BATCH);
      const last = ids.at(-1);
      if (last === undefined) break;
      const documents = await documentsOf(db, words, kind, ids, await drawVersion(db));
      const held = await heldDocuments(db, kind, ids);
      for (const document of documents) {
        const known = held.get(document.id);
        if (!known) drift.push({ kind, id: document.id, what: 'missing' });
        else if (differs(known, document)) drift.push({ kind, id: document.id, what: 'stale' });
      }
      done += ids.length;
      after = last;
      options.progress?.({ kind, done, total });
    }
    for (const id of await extraIds(db, kind)) drift.push({ kind, id, what: 'extra' });
    const wrong = drift.filter((d) => d.kind === kind).map((d) => d.id);
    if (options.fix && wrong.length > 0) await reindex(db, kind, wrong);
  }
  return drift;
}

const ROWS = {
  company: sql`select 1 from company s where s.organisation_id::text = d.id`,
  opportunity: sql`select 1 from opportunity s where s.id::text = d.id`,
  project: sql`select 1 from project s where s.id = d.id`,
} as const;

async function extraIds(db: Kysely<Database>, kind: IndexKind): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from ${sql.table(`search_${kind}`)} d where not exists (${ROWS[kind]})`.execute(db);
  return rows.map((row) => row.id);
}
