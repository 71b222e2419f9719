import { sql, type Kysely } from 'kysely';

const KINDS = ['company', 'opportunity', 'project'];

/**
 * The search index on PostgreSQL: derived data, rebuilt from the tables of the nouns at any time.
 *
 * One document a row. `tokens` says in the first letter of each token where a thing was found (i identifier, n name,
 * g tagged concept, t word of the text …), so one index answers words, prefixes, first consonants, sounds, tags and
 * filters by plain lookups, without weights or positions. Inexact matches go through the vocabulary, which is small.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db);
  // Drawn before a row is read for indexing: what was read later never loses to what was read earlier.
  await sql`create sequence search_version`.execute(db);
  for (const kind of KINDS) await createKind(db, kind);
  await sql`
    -- one character a facet value, so that the values of all hits come back as one short text and are counted there
    create table search_facet (
      code integer generated always as identity primary key,
      facet text not null, value text not null,
      -- code of a value (indexing)
      unique (facet, value)
    );
    -- counts changes of a kind's index: answers remembered under one count are still right
    create table search_state (
      kind text primary key check (kind in ('company', 'opportunity', 'project')),
      changes bigint not null default 0,
      rebuilt_at timestamptz
    );
    insert into search_state (kind) values ('company'), ('opportunity'), ('project');
  `.execute(db);
}

async function createKind(db: Kysely<unknown>, kind: string): Promise<void> {
  const table = sql.table(`search_${kind}`);
  const words = sql.table(`search_${kind}_word`);
  await sql`
    create table ${table} (
      id text primary key,
      version bigint not null,
      source text not null default '', external_id text not null default '',
      name_ko text not null default '', name_en text not null default '',
      tokens tsvector not null,
      facets text not null default '',
      vetted boolean not null,
      visibility text not null check (visibility in ('public', 'vetted', 'invited', 'hidden', 'private')),
      owner text, invited text[] not null default '{}',
      updated_at timestamptz not null, deadline timestamptz
    )`.execute(db);
  // The tokens stay out of the row: counting the hits of a broad query then reads a tenth of the pages.
  await sql`
    alter table ${table} alter column tokens set storage external, alter column id set storage plain,
      alter column source set storage plain, alter column external_id set storage plain,
      alter column name_ko set storage plain, alter column name_en set storage plain,
      alter column facets set storage plain, alter column visibility set storage plain,
      alter column owner set storage plain, alter column invited set storage main;
    alter table ${table} set (toast_tuple_target = 128);
    create table ${words} (
      word text collate "C" not null, field text not null check (field in ('n', 'w', 's', 't')),
      letters text collate "C" not null,
      -- words as typed and words that begin so (each query with a word that the lexicon does not know)
      primary key (word, field)
    )`.execute(db);
  const index = (name: string) => sql.id(`search_${kind}_${name}`);
  await sql`
    -- hits of every query: words, prefixes, first consonants, sounds, tags, identifiers, filters
    create index ${index('tokens')} on ${table} using gin (tokens) with (fastupdate = off);
    -- best first without a query (lists), and candidates within one tier
    create index ${index('order')} on ${table} (vetted desc, updated_at desc, id);
    -- sort by name, in either language
    create index ${index('name_ko')} on ${table} (name_ko, id);
    create index ${index('name_en')} on ${table} (name_en, id);
    -- sort by newest
    create index ${index('updated')} on ${table} (updated_at desc, id);
    -- typing errors and inner matches: words that share three letters in a row with what was typed
    create index ${index('letters')} on ${words} using gin (letters gin_trgm_ops) with (fastupdate = off);
    -- words that begin with a half-typed syllable, or that the other keyboard layout would have written
    create index ${index('word_letters')} on ${words} (letters)
  `.execute(db);
}
