import { sql, type Kysely } from 'kysely';

/** The supplier profile of an organisation, its evidence and its published versions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table company (
      organisation_id uuid primary key references organisation on delete cascade,
      size text check (size in ('sme', 'midsize', 'large', 'public', 'research')),
      founded smallint check (founded between 1800 and 2100),
      incorporated_on date,
      province text not null default '', employees integer check (employees >= 0), website text not null default '',
      representative text not null default '',
      summary_ko text not null default '', summary_en text not null default '',
      languages text[] not null default '{}', ksic text[] not null default '{}', ksic_revision smallint not null default 10,
      own_equity_usd double precision check (own_equity_usd >= 0), can_invest boolean not null default false,
      -- a company is seen by others from its first publication on; each later saved step is a new version
      published_at timestamptz, version integer not null default 0,
      pseudonymous boolean not null default false,
      updated_at timestamptz not null default now(),
      import_hash text,
      -- steps the person has saved, with the time: "saved 14:03"
      saved_steps jsonb not null default '{}'
    );
    create table file (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references organisation on delete cascade,
      name text not null, media_type text not null, size integer not null check (size > 0 and size <= 20971520),
      sha256 text not null, storage_key text not null unique,
      uploaded_by uuid references account on delete set null,
      created_at timestamptz not null default now()
    );
    -- document vault of an organisation; the same file sent twice is kept once
    create index file_organisation on file (organisation_id, sha256);
    create table company_capability (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references company on delete cascade,
      external_id text not null default gen_random_uuid()::text,
      capability text not null references capability,
      minerals text[] not null default '{}',
      amount double precision check (amount > 0), unit text, year smallint check (year between 1950 and 2100),
      evidence text not null default 'claimed' check (evidence in ('claimed', 'document', 'reference', 'audited')),
      note_ko text not null default '', note_en text not null default '',
      file_id uuid references file on delete set null,
      updated_at timestamptz not null default now(),
      check ((amount is null) = (unit is null)),
      unique (organisation_id, external_id)
    );
    create table company_certification (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references company on delete cascade,
      certification text not null references certification,
      number text not null default '', scope text not null default '', valid_to date,
      verified boolean not null default false,
      file_id uuid references file on delete set null,
      updated_at timestamptz not null default now()
    );
    -- profile, match index
    create index company_certification_organisation on company_certification (organisation_id);
    -- certificates that run out (nightly notice)
    create index company_certification_valid_to on company_certification (valid_to);
    create table company_reference (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references company on delete cascade,
      external_id text not null default gen_random_uuid()::text,
      title text not null check (title <> ''), client text not null default '',
      country text references country (iso2), minerals text[] not null default '{}',
      capability text references capability, year smallint check (year between 1950 and 2100),
      confirmed boolean not null default false, file_id uuid references file on delete set null,
      updated_at timestamptz not null default now(),
      unique (organisation_id, external_id)
    );
    create table company_country (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references company on delete cascade,
      country text not null references country (iso2),
      kind text not null check (kind in ('office', 'project', 'export', 'jv')),
      since smallint check (since between 1900 and 2100),
      unique (organisation_id, country, kind)
    );
    -- What others saw, from when: one row for each published change.
    create table company_version (
      organisation_id uuid not null references company on delete cascade,
      version integer not null check (version > 0),
      -- changed_by has no foreign key: the row is never changed, it outlives the account
      snapshot jsonb not null, changed_by uuid,
      created_at timestamptz not null default now(),
      primary key (organisation_id, version)
    );
    create trigger company_version_append_only before update on company_version
      for each row execute function refuse_change();
  `.execute(db);
}
