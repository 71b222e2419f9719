import { sql, type Kysely } from 'kysely';

/** People, sign-in, organisations, membership, invitations, consents, API keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account (
      id uuid primary key default uuidv7(),
      email text not null check (email = lower(email) and email like '%_@_%'),
      email_verified_at timestamptz,
      name text not null check (name <> ''),
      password_hash text not null,
      lang text not null default 'ko' check (lang in ('ko', 'en')),
      intent text not null default 'company' check (intent in ('company', 'lead', 'official')),
      last_seen_at timestamptz,
      -- the visit before the present one: "new since your last visit"
      previous_visit_at timestamptz,
      -- the hat worn last, taken up again at the next sign-in: an organisation's id or 'office'
      last_acting text,
      created_at timestamptz not null default now(),
      demo boolean not null default false
    );
    create unique index account_email on account (email);

    -- Officials: by invitation or command line only.
    create table office (
      account_id uuid primary key references account on delete cascade,
      agency text not null check (agency in ('mofa', 'motie', 'komir')),
      administrator boolean not null default false,
      created_at timestamptz not null default now()
    );

    -- id is the SHA-256 of the token in the cookie; the token itself is nowhere.
    create table session (
      id text primary key check (id ~ '^[0-9a-f]{64}$'),
      user_id uuid not null references account on delete cascade,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      seen_at timestamptz not null default now(),
      agent text not null default '',
      address text not null default '',
      -- the hat: an organisation's id, 'office', or null before one is chosen
      acting text
    );
    -- sign out everywhere, list of sessions
    create index session_account on session (user_id);

    -- One-time links: mail verification, password reset, change of mail (old and new side).
    create table one_time_link (
      id_hash text primary key check (id_hash ~ '^[0-9a-f]{64}$'),
      purpose text not null check (purpose in ('verify-email', 'reset-password', 'change-email-old', 'change-email-new')),
      account_id uuid not null references account on delete cascade,
      data jsonb not null default '{}',
      expires_at timestamptz not null,
      used_at timestamptz,
      created_at timestamptz not null default now()
    );
    -- links of an account and purpose (a newer link replaces the older)
    create index one_time_link_account on one_time_link (account_id, purpose);

    -- Sliding counters of attempts, shared by all processes.
    create table rate_limit (
      bucket text primary key, tokens double precision not null, refilled_at timestamptz not null
    );

    create table consent_text (
      document text not null, version text not null, lang text not null check (lang in ('ko', 'en')),
      body text not null, required boolean not null,
      primary key (document, version, lang)
    );
    create table consent (
      id uuid primary key default uuidv7(),
      account_id uuid not null references account on delete cascade,
      document text not null, version text not null, lang text not null,
      given_at timestamptz not null default now(), withdrawn_at timestamptz,
      foreign key (document, version, lang) references consent_text
    );
    -- consents of an account (account page)
    create index consent_account on consent (account_id);
  `.execute(db);

  await sql`
    create table organisation (
      id uuid primary key default uuidv7(),
      import_source text not null default 'portal', external_id text not null default gen_random_uuid()::text,
      supplier boolean not null default false,
      lead boolean not null default false,
      name_ko text not null default '', name_en text not null default '',
      former_names text[] not null default '{}',
      -- name without 주식회사, ㈜, Co., Ltd. …, folded: duplicate detection
      name_key_ko text not null default '', name_key_en text not null default '',
      brn text check (brn ~ '^[0-9]{10}$'), crn text check (crn ~ '^[0-9]{13}$'), lei text check (lei ~ '^[0-9A-Z]{20}$'),
      country text not null default 'KR' references country (iso2),
      -- registered: signed up; vetted: until vetted_until; refused, suspended: by two officials
      standing text not null default 'registered' check (standing in ('registered', 'vetted', 'refused', 'suspended')),
      vetted_until date, vetted_at timestamptz,
      vetted_version integer,
      demo boolean not null default false,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check (name_ko <> '' or name_en <> ''),
      check (standing <> 'vetted' or vetted_until is not null),
      unique (import_source, external_id)
    );
    create unique index organisation_brn on organisation (brn) where brn is not null and import_source = 'portal';
    -- duplicate detection by identifier
    create index organisation_crn on organisation (crn) where crn is not null;
    create index organisation_lei on organisation (lei) where lei is not null;
    create index organisation_any_brn on organisation (brn) where brn is not null;
    -- duplicate detection by stripped name
    create index organisation_name_key_ko on organisation (name_key_ko) where name_key_ko <> '';
    create index organisation_name_key_en on organisation (name_key_en) where name_key_en <> '';

    create table membership (
      organisation_id uuid not null references organisation on delete cascade,
      account_id uuid not null references account on delete cascade,
      role text not null check (role in ('owner', 'editor', 'viewer')),
      created_at timestamptz not null default now(),
      primary key (organisation_id, account_id)
    );
    -- the hats of a person
    create index membership_account on membership (account_id);

    create table invitation (
      id uuid primary key default uuidv7(),
      id_hash text not null unique check (id_hash ~ '^[0-9a-f]{64}$'),
      organisation_id uuid references organisation on delete cascade,
      agency text check (agency in ('mofa', 'motie', 'komir')),
      email text not null, role text not null check (role in ('owner', 'editor', 'viewer', 'official', 'administrator')),
      invited_by uuid references account on delete set null,
      expires_at timestamptz not null, accepted_at timestamptz, revoked_at timestamptz,
      created_at timestamptz not null default now(),
      check ((organisation_id is null) <> (agency is null))
    );
    -- open invitations of an organisation (people page)
    create index invitation_organisation on invitation (organisation_id);

    -- "Ask to join" instead of a second record of the same firm.
    create table join_request (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references organisation on delete cascade,
      account_id uuid not null references account on delete cascade,
      message text not null default '',
      status text not null default 'open' check (status in ('open', 'accepted', 'declined')),
      created_at timestamptz not null default now(), decided_at timestamptz
    );
    create unique index join_request_open on join_request (organisation_id, account_id) where status = 'open';

    create table api_key (
      id uuid primary key default uuidv7(),
      id_hash text not null unique check (id_hash ~ '^[0-9a-f]{64}$'),
      account_id uuid not null references account on delete cascade,
      acting text, scope text not null check (scope in ('read')),
      label text not null default '', created_at timestamptz not null default now(),
      last_used_at timestamptz, revoked_at timestamptz
    );
  `.execute(db);

  // Every change of a company, opportunity or project, in the order of transactions: the matching index
  // re-reads what changed since its snapshot, so that an answer is never older than the write before it.
  await sql`
    create table entity_change (
      seq bigint generated always as identity primary key,
      kind text not null check (kind in ('company', 'opportunity', 'project')),
      id text not null,
      xid xid8 not null default pg_current_xact_id(),
      at timestamptz not null default now()
    );
    -- changes at or after a snapshot (matching index, before each answer)
    create index entity_change_xid on entity_change (xid);
  `.execute(db);
}
