import { sql, type Kysely } from 'kysely';

/**
 * What is still to be brought to the search server. PostgreSQL's own index is written at once; the server may be away,
 * and is then served from here when it is back. And how far a rebuild of an index has come, so that one that was cut
 * off goes on where it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create sequence search_outbox_mark;
    create table search_outbox (
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      id text not null,
      -- rises with each change of the document: what was sent is taken out only if nothing was added since
      mark bigint not null default nextval('search_outbox_mark'),
      primary key (kind, id)
    );
    -- oldest first (each run of search.sync)
    create index search_outbox_order on search_outbox (kind, mark);
    create table search_rebuild (
      engine text not null check (engine in ('postgres', 'meilisearch')),
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      -- everything that commits later has changes at or after it
      change_mark text not null,
      lexicon integer not null,
      after_id text not null default '',
      documents integer not null default 0,
      started_at timestamptz not null default now(),
      primary key (engine, kind)
    );
  `.execute(db);
}
