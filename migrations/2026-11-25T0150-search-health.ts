import { sql, type Kysely } from 'kysely';

/** What the nightly comparison of search engines and tables found, one row an engine and kind of document. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_check (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      engine text not null check (engine in ('postgres', 'meilisearch')),
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      -- rows of the tables, and documents that were missing, different or without a row
      documents integer not null check (documents >= 0),
      missing integer not null check (missing >= 0), stale integer not null check (stale >= 0),
      extra integer not null check (extra >= 0),
      took_ms integer not null check (took_ms >= 0),
      -- why the comparison could not be made or the repair not be done
      error text
    );
    -- latest comparison of an engine and kind (system page), old ones (nightly removal)
    create index search_check_latest on search_check (engine, kind, at desc);
  `.execute(db);
}
