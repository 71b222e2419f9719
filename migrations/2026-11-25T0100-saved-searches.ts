import { sql, type Kysely } from 'kysely';

/**
 * Saved searches with their alerts, recent searches of a person, and what is looked for, counted without the person.
 *
 * A match is told once: one row a search and document, whose `told_at` is set in the transaction that writes the
 * mail. A search is found by the transaction that changed it (`xid`), so that the compiled set in memory misses none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- a query as it was read, shared by all who saved the same words; derived, made again from the words at any time
    create table search_reading (
      id integer generated always as identity primary key,
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      q text not null, expr jsonb not null,
      -- holds words that the lexicon does not know: read anew each night, by the words that documents then have
      uncertain boolean not null, lexicon text not null, read_at timestamptz not null default now(),
      xid xid8 not null default pg_current_xact_id(),
      -- reading of a query (saving), stale readings (nightly)
      unique (kind, q)
    );
    -- readings made anew since the compiled set looked last
    create index search_reading_xid on search_reading (xid);

    create table saved_search (
      id uuid primary key default uuidv7(),
      account_id uuid not null references account on delete cascade,
      -- as whom it was saved and is answered: an organisation, an office, or the person alone
      organisation_id uuid references organisation on delete set null,
      official boolean not null default false,
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      q text not null, filters jsonb not null default '{}',
      reading_id integer not null references search_reading,
      name text not null,
      frequency text not null check (frequency in ('at_once', 'daily', 'weekly', 'none')),
      stop_token text not null unique,
      created_at timestamptz not null default now(),
      -- matches found later than this are new to the person
      seen_at timestamptz not null default now(),
      paused_at timestamptz, removed_at timestamptz,
      xid xid8 not null default pg_current_xact_id(),
      check (not official or organisation_id is null)
    );
    -- searches of a person (account page), and how many
    create index saved_search_account on saved_search (account_id, created_at desc);
    -- searches changed since the compiled set looked last
    create index saved_search_xid on saved_search (xid);
    -- readings that nobody needs any more (nightly)
    create index saved_search_reading on saved_search (reading_id);
    -- searches of an organisation that is removed
    create index saved_search_organisation on saved_search (organisation_id);

    create table saved_search_hit (
      saved_search_id uuid not null references saved_search on delete cascade,
      document_id text not null,
      -- matched already when the search was saved
      known boolean not null default false,
      found_at timestamptz not null default now(),
      told_at timestamptz,
      -- a match is found, and told, once
      primary key (saved_search_id, document_id)
    );
    -- what is still to be told
    create index saved_search_hit_waiting on saved_search_hit (saved_search_id) where told_at is null;
    -- matches of a document that it has no more
    create index saved_search_hit_document on saved_search_hit (document_id) where told_at is null;
    -- new matches of a search (account page)
    create index saved_search_hit_found on saved_search_hit (saved_search_id, found_at) where not known;

    create table search_setting (
      account_id uuid primary key references account on delete cascade,
      keep_recent boolean not null default true,
      -- of the link that stops all alerts of the person
      stop_token text not null unique
    );

    create table recent_search (
      id uuid primary key default uuidv7(),
      account_id uuid not null references account on delete cascade,
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      q text not null, filters jsonb not null default '{}',
      searched_at timestamptz not null default now(),
      -- the same search again moves up
      unique (account_id, kind, q, filters)
    );
    -- recent searches of a person (account page)
    create index recent_search_account on recent_search (account_id, searched_at desc);
    -- searches kept long enough (nightly)
    create index recent_search_at on recent_search (searched_at);

    -- what was looked for on a day, without the person
    create table search_term (
      day date not null,
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      terms text not null,
      asked integer not null, empty integer not null,
      -- more than one person asked; until then the mark of the only one, which means nothing once the key is gone
      several boolean not null default false, mark text,
      primary key (day, kind, terms)
    );
    -- the key of the marks, one for at most a week
    create table search_mark_key (
      singleton boolean primary key default true check (singleton),
      key text not null, made_at timestamptz not null
    );

    -- where the receiver of a mail stops it
    alter table mail add column stop_url text;
  `.execute(db);
}
