import { sql, type Kysely } from 'kysely';
import type { IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import type { FacetCodes } from '#lib/server/search/facet-codes.ts';
import type { RebuildSteps, Removal } from '#lib/server/search/port.ts';
import { fold, foldIfDue } from '#lib/server/search/segment-store.ts';
import { tsvector } from '#lib/server/search/tsquery.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Writes to the index tables: single documents as rows change, and whole kinds at once. */

type Db = Kysely<Database>;

/** Words this process has written lately: most words of a document are old ones. */
const KNOWN_WORDS_LIMIT = 400_000;

/** Words of a table, as long as it is the same one: any process may rebuild it. */
interface KnownWords {
  readonly since: number;
  readonly words: Set<string>;
}
const knownWords = new WeakMap<FacetCodes, Map<string, KnownWords>>();

/** A table of words, and the change of the index by which it was put in place. */
interface WordTable {
  readonly name: string;
  readonly since: number;
}

function knownIn(codes: FacetCodes, { name, since }: WordTable): Set<string> {
  let tables = knownWords.get(codes);
  if (!tables) knownWords.set(codes, (tables = new Map<string, KnownWords>()));
  const held = tables.get(name);
  if (held?.since === since && held.words.size <= KNOWN_WORDS_LIMIT) return held.words;
  const words = new Set<string>();
  tables.set(name, { since, words });
  return words;
}

function newWords(
  codes: FacetCodes,
  table: WordTable,
  documents: readonly SearchDocument[],
): SearchDocument['vocabulary'] {
  const known = knownIn(codes, table);
  const fresh: SearchDocument['vocabulary'][number][] = [];
  for (const document of documents)
    for (const word of document.vocabulary) {
      const key = word.field + word.word;
      if (known.has(key)) continue;
      known.add(key);
      fresh.push(word);
    }
  return fresh;
}

async function insertWords(
  db: Db,
  codes: FacetCodes,
  table: WordTable,
  documents: readonly SearchDocument[],
): Promise<void> {
  const words = newWords(codes, table, documents);
  if (words.length === 0) return;
  // Sorted, so that two writers lock equal words in one order.
  const sorted = [...words].sort((a, b) =>
    a.word < b.word ? -1 : a.word > b.word ? 1 : a.field < b.field ? -1 : 1,
  );
  await sql`
    insert into ${sql.table(table.name)} (word, field, letters)
    select * from unnest(${sorted.map((w) => w.word)}::text[], ${sorted.map((w) => w.field)}::text[],
      ${sorted.map((w) => w.letters)}::text[])
    on conflict do nothing`.execute(db);
}

async function insertDocuments(
  db: Db,
  table: string,
  documents: readonly SearchDocument[],
  facets: readonly string[],
  /** The change of the index that this is; null when nothing there is replaced. */
  changed: number | null,
): Promise<void> {
  const rows = documents.map((d, i) => ({
    ...{ id: d.id, version: d.version, source: d.source, external_id: d.externalId },
    ...{ name_ko: d.nameKo || d.nameEn, name_en: d.nameEn || d.nameKo, tokens: tsvector(d.tokens) },
    ...{
      facets: facets[i] ?? '',
      vetted: d.vetted,
      visibility: d.visibility,
      owner: d.owner,
      invited: d.invited,
    },
    ...{ updated_at: d.updatedAt, deadline: d.deadline },
  }));
  const onConflict =
    changed !== null
      ? sql`on conflict (id) do update set version = excluded.version, source = excluded.source,
        external_id = excluded.external_id, name_ko = excluded.name_ko, name_en = excluded.name_en,
        tokens = excluded.tokens, facets = excluded.facets, vetted = excluded.vetted,
        visibility = excluded.visibility, owner = excluded.owner, invited = excluded.invited,
        updated_at = excluded.updated_at, deadline = excluded.deadline, changed = excluded.changed
      where held.version <= excluded.version`
      : sql``;
  await sql`
    insert into ${sql.table(table)} as held (id, version, source, external_id, name_ko, name_en, tokens, facets,
      vetted, visibility, owner, invited, updated_at, deadline, changed)
    select id, version, source, external_id, name_ko, name_en, tokens::tsvector, facets, vetted, visibility, owner,
      array(select jsonb_array_elements_text(invited)), updated_at, deadline, ${changed ?? 0}::bigint
    from json_to_recordset(${JSON.stringify(rows)}::json) as u (id text, version bigint, source text, external_id text,
      name_ko text, name_en text, tokens text, facets text, vetted boolean, visibility text, owner text, invited jsonb,
      updated_at timestamptz, deadline timestamptz)
    ${onConflict}`.execute(db);
}

/**
 * Counts a change of a kind's index. Answers its number, and that of the change by which the present tables were put
 * in place. Comes first in its transaction: the row stays locked until the end, so changes are committed in the order
 * of their numbers.
 */
async function countChange(db: Db, kind: IndexKind): Promise<{ changes: number; since: number }> {
  return await db
    .updateTable('search_state')
    .set((eb) => ({ changes: eb('changes', '+', 1) }))
    .where('kind', '=', kind)
    .returning(['changes', 'valid_from as since'])
    .executeTakeFirstOrThrow();
}

/** Adds or replaces documents of one kind. One transaction, so that a reader sees all of them or none. */
export async function upsertDocuments(
  db: Db,
  codes: FacetCodes,
  kind: IndexKind,
  documents: readonly SearchDocument[],
): Promise<void> {
  if (documents.length === 0) return;
  // Before the transaction: a code that is remembered here must not be rolled back there.
  const facets = await codes.encode(
    db,
    documents.map((d) => d.facets),
  );
  try {
    await db.transaction().execute(async (tx) => {
      const { changes, since } = await countChange(tx, kind);
      await insertDocuments(tx, `search_${kind}`, documents, facets, changes);
      await insertWords(tx, codes, { name: `search_${kind}_word`, since }, documents);
    });
  } catch (error) {
    knownWords.delete(codes);
    throw error;
  }
  await foldIfDue(db, kind);
}

/** Takes documents out, unless they were written anew since the row was found gone. */
export async function removeDocuments(db: Db, kind: IndexKind, removals: readonly Removal[]): Promise<void> {
  if (removals.length === 0) return;
  await db.transaction().execute(async (tx) => {
    const { changes } = await countChange(tx, kind);
    await sql`with gone as (
      delete from ${sql.table(`search_${kind}`)} as held
      using unnest(${removals.map((r) => r.id)}::text[], ${removals.map((r) => r.version)}::bigint[]) as gone (id, version)
      where held.id = gone.id and held.version <= gone.version returning held.id)
      insert into search_gone (kind, id, changed) select ${kind}, id, ${changes}::bigint from gone
      on conflict (kind, id) do update set changed = excluded.changed`.execute(tx);
  });
}

const TABLES = (kind: IndexKind) => [`search_${kind}`, `search_${kind}_word`] as const;

/** Whether a rebuild that was cut off has left its tables. */
export async function hasNext(db: Db, kind: IndexKind): Promise<boolean> {
  const names = TABLES(kind).map((table) => `${table}_next`);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from unnest(${names}::text[]) name where to_regclass(name) is not null`.execute(
    db,
  );
  return rows[0]?.n === names.length;
}

async function createNext(db: Db, kind: IndexKind): Promise<void> {
  for (const table of TABLES(kind)) {
    await sql`drop table if exists ${sql.table(`${table}_next`)}`.execute(db);
    await sql`create table ${sql.table(`${table}_next`)}
      (like ${sql.table(table)} including defaults including constraints including storage)`.execute(db);
  }
  const [documents, words] = TABLES(kind);
  await sql`alter table ${sql.table(`${documents}_next`)} set (toast_tuple_target = 128)`.execute(db);
  // Words of different documents are equal; the key comes before the load to tell them.
  await sql`alter table ${sql.table(`${words}_next`)} add primary key (word, field)`.execute(db);
  await sql`alter table ${sql.table(`${documents}_next`)} add primary key (id)`.execute(db);
}

interface IndexRow {
  name: string;
  definition: string;
  table: string;
}

/** Indexes of the live tables but the primary keys, as PostgreSQL writes them down. */
async function indexesOf(db: Db, kind: IndexKind): Promise<IndexRow[]> {
  const { rows } = await sql<IndexRow>`
    select i.relname as name, pg_get_indexdef(x.indexrelid) as definition, t.relname as table
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.oid = any(${[...TABLES(kind)]}::regclass[]) and not x.indisprimary`.execute(db);
  return rows;
}

async function indexNext(db: Db, indexes: readonly IndexRow[]): Promise<void> {
  for (const { name, definition, table } of indexes) {
    const next = definition
      .replace(`INDEX ${name} ON`, `INDEX ${name}_next ON`)
      .replace(new RegExp(`ON ([^ ]*\\.)?${table} USING`), `ON $1${table}_next USING`);
    await sql.raw(next).execute(db);
  }
}

async function swap(db: Db, kind: IndexKind, indexes: readonly IndexRow[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // First, as in every write: who waits for the tables must not hold what this needs. What was held in memory
    // before says nothing of the fresh tables.
    await sql`update search_state set changes = changes + 1, valid_from = changes + 1, rebuilt_at = now()
      where kind = ${kind}`.execute(tx);
    await tx.deleteFrom('search_gone').where('kind', '=', kind).execute();
    for (const table of TABLES(kind)) {
      await sql`drop table ${sql.table(table)}`.execute(tx);
      await sql`alter table ${sql.table(`${table}_next`)} rename to ${sql.id(table)}`.execute(tx);
      await sql`alter index ${sql.table(`${table}_next_pkey`)} rename to ${sql.id(`${table}_pkey`)}`.execute(
        tx,
      );
    }
    for (const { name } of indexes)
      await sql`alter index ${sql.table(`${name}_next`)} rename to ${sql.id(name)}`.execute(tx);
  });
}

/**
 * Loads a kind into fresh tables, indexes them and puts them in the place of the live ones in one transaction.
 * Returns the number of documents. Changes made meanwhile are for the caller to index again.
 */
export async function rebuildKind(
  db: Db,
  codes: FacetCodes,
  kind: IndexKind,
  batches: AsyncIterable<readonly SearchDocument[]>,
  steps?: RebuildSteps,
): Promise<number> {
  return await db.connection().execute(async (connection) => {
    // One rebuild of a kind at a time, over all processes.
    await sql`select pg_advisory_lock(hashtext(${`search.rebuild.${kind}`}))`.execute(connection);
    try {
      knownWords.delete(codes);
      if (!steps?.resume) await createNext(connection, kind);
      const indexes = await indexesOf(connection, kind);
      let count = 0;
      for await (const batch of batches) {
        if (batch.length === 0) continue;
        const facets = await codes.encode(
          connection,
          batch.map((d) => d.facets),
        );
        // Words first, and what was written before a cut is written over.
        await insertWords(connection, codes, { name: `search_${kind}_word_next`, since: 0 }, batch);
        const changed = steps?.resume === true ? 0 : null;
        await insertDocuments(connection, `search_${kind}_next`, batch, facets, changed);
        count += batch.length;
        await steps?.loaded(batch.at(-1)?.id ?? '');
      }
      await indexNext(connection, indexes);
      for (const table of TABLES(kind)) await sql`analyze ${sql.table(`${table}_next`)}`.execute(connection);
      await swap(connection, kind, indexes);
      await fold(db, kind);
      return count;
    } finally {
      knownWords.delete(codes);
      await sql`select pg_advisory_unlock(hashtext(${`search.rebuild.${kind}`}))`.execute(connection);
    }
  });
}
