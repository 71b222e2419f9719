import { sql, type Kysely } from 'kysely';

const KINDS = ['company', 'opportunity', 'project'];

/**
 * Search held in memory: what a process needs to find and count the documents of a kind is written down as a segment,
 * read once, and corrected by the documents that changed since.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const kind of KINDS) {
    const table = sql.table(`search_${kind}`);
    await sql`alter table ${table} add column changed bigint not null default 1`.execute(db);
    await sql`
      -- documents written since a segment was made (each search after a change, each write)
      create index ${sql.id(`search_${kind}_changed`)} on ${table} (changed);
      -- typing errors, beside the trigrams: only words of about the length of what was typed can be meant
      create index ${sql.id(`search_${kind}_length`)} on ${sql.table(`search_${kind}_word`)} (length(letters), letters)
    `.execute(db);
  }
  await sql`
    -- documents taken out, until no segment in use can hold them any more
    create table search_gone (
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      id text not null, changed bigint not null,
      primary key (kind, id)
    );
    -- documents gone since a segment was made
    create index search_gone_changed on search_gone (kind, changed);

    -- the segment of a kind, in pieces that travel one by one
    create table search_segment (
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      number bigint not null, section text not null, piece integer not null, data bytea not null,
      primary key (kind, number, section, piece)
    );
    -- packed already
    alter table search_segment alter column data set storage external;

    alter table search_state
      -- changes of the index that the segment contains, which is its number as well; null: there is no segment
      add column segment bigint,
      add column segment_at timestamptz,
      -- a segment older than this lacks changes that are recorded nowhere
      add column valid_from bigint not null default 0;
  `.execute(db);
}
