import { sql, type Kysely } from 'kysely';

/**
 * Matching kept in tables: whole runs with their progress, the best companies of each opportunity, which group a
 * pair came from and went to, and each company as matching reads it.
 *
 * All of it is derived and can be made again at any time. Results therefore carry no foreign keys: half a million
 * checks a run would be paid for nothing, and what a removed company or opportunity leaves behind is taken out by the
 * next reckoning of its lists.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table match_run (
      id uuid primary key default uuidv7(),
      state text not null default 'waiting' check (state in ('waiting', 'running', 'stopped', 'failed', 'done')),
      model text not null,
      -- transactions before this one are reckoned with
      data_version bigint,
      -- the day the rules were read on
      day date not null,
      -- opportunities there are, and how many of them are done; the run goes on behind last_opportunity
      total integer not null default 0, done integer not null default 0, last_opportunity uuid,
      -- pairs written, left as they were, taken out
      written integer not null default 0, unchanged integer not null default 0, removed integer not null default 0,
      -- the first run of a portal or of a model: nobody is told of what it finds
      quiet boolean not null default false,
      -- null: the portal by itself, each night
      started_by uuid references account on delete set null,
      error text,
      created_at timestamptz not null default now(),
      started_at timestamptz, beat_at timestamptz, ended_at timestamptz
    );
    -- one run at a time
    create unique index match_run_open on match_run ((true)) where state in ('waiting', 'running');
    -- list of runs, latest first
    create index match_run_created on match_run (created_at desc);

    -- an opportunity whose list is stored
    create table match_list (
      opportunity_id uuid primary key,
      model text not null, data_version bigint not null, day date not null,
      considered integer not null, excluded integer not null,
      -- units of the last one of a full list: who has fewer does not get in; -1 when there is room
      entry_units integer not null,
      reckoned_at timestamptz not null default now()
    );
    create table match_result (
      opportunity_id uuid not null, company_id uuid not null,
      rank smallint not null check (rank > 0),
      -- score in units of 1/16384
      units smallint not null check (units >= 0),
      match_group text not null check (match_group in ('strong', 'near', 'explore')),
      -- of the parts with their rows: what differs in it is written again
      parts_digest bigint not null,
      model text not null, data_version bigint not null,
      primary key (opportunity_id, company_id)
    );
    -- lists a company is in
    create index match_result_company on match_result (company_id);

    -- a pair came into or left the strong group
    create table match_change (
      seq bigint generated always as identity primary key,
      opportunity_id uuid not null, company_id uuid not null,
      group_before text check (group_before in ('strong', 'near', 'explore')),
      group_after text check (group_after in ('strong', 'near', 'explore')),
      units smallint not null,
      model text not null,
      -- found by the first run of a portal or of a model
      quiet boolean not null,
      at timestamptz not null default now(),
      check (group_before is distinct from group_after)
    );
    -- changes kept long enough (nightly)
    create index match_change_at on match_change (at);

    -- how far the stored lists follow the changes of companies and opportunities
    create table match_mark (
      singleton boolean primary key default true check (singleton),
      xmin_at xid8 not null, model text not null
    );
  `.execute(db);
}
