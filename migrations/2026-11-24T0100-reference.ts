import { sql, type Kysely } from 'kysely';

/** Extensions, the audit trail, and the reference data with its sources. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists pg_trgm;
    create extension if not exists btree_gist;

    create type confidence as enum ('verified', 'recalled');

    -- 'GM-2026-0148': a number people can say; grows past four digits when it has to
    create function next_number(prefix text, seq regclass) returns text language sql volatile as $$
      select prefix || '-' || to_char(now(), 'YYYY') || '-' || lpad(n::text, greatest(4, length(n::text)), '0')
      from (select nextval(seq) as n) as drawn
    $$;
  `.execute(db);

  // Who did what, before, after, when. The database refuses to change or delete a row.
  await sql`
    create table audit_entry (
      id bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      actor_kind text not null check (actor_kind in ('visitor', 'person', 'member', 'official', 'system')),
      actor_account uuid,
      actor_organisation uuid,
      action text not null check (action <> ''),
      object_kind text not null check (object_kind <> ''),
      object_id text not null,
      before jsonb,
      after jsonb,
      request_id text
    );
    -- history of one object, newest first (vetting case page, audit page)
    create index audit_entry_object on audit_entry (object_kind, object_id, id desc);
    -- what one person did (audit page filter)
    create index audit_entry_actor on audit_entry (actor_account, id desc);
    -- one kind of action (audit page filter)
    create index audit_entry_action on audit_entry (action, id desc);

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
    end $$;
    create trigger audit_entry_append_only before update or delete on audit_entry
      for each row execute function refuse_change();
    create trigger audit_entry_no_truncate before truncate on audit_entry
      for each statement execute function refuse_change();
  `.execute(db);

  await sql`
    create table mineral (
      id text primary key check (id ~ '^[a-z][a-z0-9-]*$'),
      name_en text not null, name_ko text not null, symbol text not null default '',
      aliases_en text[] not null default '{}', aliases_ko text[] not null default '{}',
      hs_codes text[] not null default '{}',
      korea_critical boolean not null, korea_strategic10 boolean not null,
      eu_critical boolean not null, us_critical boolean not null, eu_strategic boolean not null,
      us_2022 boolean not null, us_2025 boolean not null,
      main_uses text not null default '', main_uses_ko text not null default '',
      korea_note text not null default '', korea_note_ko text not null default '',
      is_group boolean not null default false,
      source text not null, confidence confidence not null, recalled_fields text[] not null default '{}',
      as_of date not null
    );
    create table country (
      iso2 text primary key check (iso2 ~ '^[A-Z]{2}$'),
      iso3 text not null unique check (iso3 ~ '^[A-Z]{3}$'),
      name_en text not null, name_ko text not null, region text not null, subregion text not null,
      lat double precision not null check (lat between -90 and 90),
      lon double precision not null check (lon between -180 and 180),
      msp_member boolean not null, msp_forum boolean not null, eiti_status text not null default '',
      eiti_as_of text not null default '', notes text not null default '', notes_ko text not null default '',
      source text not null, confidence confidence not null, as_of date not null
    );
    create table capability_stage (
      id text primary key, position smallint not null unique deferrable, name_en text not null, name_ko text not null
    );
    create table capability (
      id text primary key check (id ~ '^[a-z0-9][a-z0-9-]*$'),
      stage text not null references capability_stage,
      position smallint not null,
      name_en text not null, name_ko text not null, description text not null,
      unspsc_segment text not null default '',
      source text not null, confidence confidence not null, as_of date not null
    );
    create table certification (
      id text primary key, name text not null, issuer text not null, scope text not null, url text not null default '',
      category text not null, source text not null, confidence confidence not null, as_of date not null
    );
    create table ksic (
      revision smallint not null, code text not null, name_en text, name_ko text not null,
      level smallint not null check (level between 1 and 5), parent text, portal_group text,
      source text not null, confidence text not null, as_of date not null,
      primary key (revision, code)
    );
    create table production (
      mineral_id text not null references mineral, iso3 text not null references country (iso3),
      year smallint not null check (year between 1900 and 2100), stage text not null, edition text not null,
      production double precision check (production >= 0), production_unit text not null,
      reserves double precision check (reserves >= 0), reserves_unit text not null default '',
      estimated boolean not null, source text not null, confidence confidence not null, as_of date not null,
      primary key (mineral_id, iso3, year, stage, edition)
    );
    create table production_world (
      mineral_id text not null references mineral,
      aggregate text not null check (aggregate in ('world_total', 'other_countries')),
      year smallint not null check (year between 1900 and 2100), stage text not null, edition text not null,
      production double precision check (production >= 0), production_unit text not null,
      reserves double precision check (reserves >= 0), reserves_unit text not null default '',
      estimated boolean not null, source text not null, confidence confidence not null, as_of date not null,
      primary key (mineral_id, aggregate, year, stage, edition)
    );
    -- a quotation and its short names for charts; one mineral may have several
    create table price_series (
      mineral_id text not null references mineral, series text not null,
      position smallint not null, label_en text not null, label_ko text not null,
      primary key (mineral_id, series)
    );
    create table price (
      mineral_id text not null, year smallint not null check (year between 1900 and 2100),
      series text not null, price double precision not null check (price >= 0), unit text not null,
      estimated boolean not null, source text not null, confidence confidence not null, as_of date not null,
      primary key (mineral_id, year, series),
      foreign key (mineral_id, series) references price_series
    );
  `.execute(db);

  // A project has one site, many minerals and many stages; sums over stages overlap on purpose.
  await sql`
    create table project (
      id text primary key default gen_random_uuid()::text,
      import_source text not null, external_id text not null,
      name_en text not null, name_ko text,
      country text not null references country (iso2),
      lat double precision check (lat between -90 and 90), lon double precision check (lon between -180 and 180),
      phase text not null check (phase in ('exploration', 'feasibility', 'construction', 'operation', 'processing', 'recycling')),
      operator text not null default '',
      msp_status text not null check (msp_status in ('yes', 'reported', 'no')),
      korean_participants text[] not null default '{}', korean_participants_ko text[] not null default '{}',
      summary_en text not null default '', summary_ko text,
      source text not null, confidence confidence not null, coordinate_confidence text not null default '',
      as_of date not null,
      updated_at timestamptz not null default now(),
      import_hash text,
      unique (import_source, external_id)
    );
    create table project_mineral (
      project_id text not null references project on delete cascade,
      mineral_id text not null references mineral,
      -- the order in which the project's source names them, the main one first
      position smallint not null default 0,
      primary key (project_id, mineral_id)
    );
    -- projects of a mineral (mineral page)
    create index project_mineral_mineral on project_mineral (mineral_id);
    -- upstream, midstream, recycling: the MSP's own three stages, many to one project
    create table project_stage (
      project_id text not null references project on delete cascade,
      stage text not null check (stage in ('upstream', 'midstream', 'downstream', 'recycling')),
      reason_en text not null default '', reason_ko text not null default '',
      primary key (project_id, stage)
    );
    -- projects of a country (country page, list filter)
    create index project_country on project (country);
  `.execute(db);

  await sql`
    create table framework (
      id text primary key, name_en text not null, name_ko text not null,
      kind text not null check (kind in ('partnership', 'dialogue', 'finance', 'oda')),
      lead_body text not null default '', lead_body_ko text not null default '',
      since text not null default '', status text not null,
      notes text not null default '', notes_ko text not null default '',
      predecessor text references framework deferrable initially deferred,
      source text not null, confidence confidence not null, as_of date not null
    );
    -- Dated membership and chairs. For one framework, country and role no two periods overlap.
    create table framework_member (
      id bigint generated always as identity primary key,
      framework_id text not null references framework, country text not null references country (iso2),
      role text not null check (role in ('member', 'observer', 'chair', 'co-chair')),
      period daterange not null check (not isempty(period)),
      -- the dates as far as they are known (2022, 2022-06, 2022-06-14; empty when not known) and how they were read
      from_text text not null default '', to_text text not null default '',
      note_en text not null default '', note_ko text not null default '',
      source text not null, confidence confidence not null, as_of date not null,
      constraint framework_member_no_overlap
        exclude using gist (framework_id with =, country with =, role with =, period with &&) deferrable
    );
    -- what happened, or is planned, in a project or framework; the date as far as it is known
    create table milestone (
      id text primary key, date text not null check (date ~ '^\\d{4}(-\\d{2}(-\\d{2})?)?$'),
      planned boolean not null,
      project_id text references project on delete cascade, framework_id text references framework on delete cascade,
      text_ko text not null, text_en text not null,
      source text not null, confidence confidence not null, as_of date not null,
      check (project_id is not null or framework_id is not null)
    );
    -- what each load read, so that loading twice changes nothing and a changed file is noticed
    create table reference_file (
      name text primary key, sha256 text not null, row_count integer not null, loaded_at timestamptz not null default now()
    );
  `.execute(db);
}
