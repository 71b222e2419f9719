import { sql, type Kysely } from 'kysely';

/** Companies that express interest together: who agrees to be proposed, teams, members, what happened to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- most companies in a team that the publisher takes; 1: single companies only
    alter table opportunity add column team_max smallint not null default 3 check (team_max between 1 and 6);

    -- "We agree to be proposed as a partner"; withdrawn by removing the row, the audit trail keeps both
    create table partner_consent (
      organisation_id uuid primary key references company on delete cascade,
      -- to whom: companies with valid vetting, or every registered company
      audience text not null check (audience in ('vetted', 'all')),
      terms_version text not null,
      agreed_by uuid references account on delete set null,
      agreed_at timestamptz not null default now()
    );

    create table team (
      id uuid primary key default uuidv7(),
      opportunity_id uuid not null references opportunity,
      leader_id uuid not null references organisation,
      state text not null default 'forming' check (state in ('forming', 'sent', 'withdrawn', 'disbanded', 'expired')),
      created_by uuid references account on delete set null,
      created_at timestamptz not null default now(), updated_at timestamptz not null default now()
    );
    -- a leader's own; teams whose notice is over (job)
    create index team_opportunity on team (opportunity_id, state);

    create table team_member (
      team_id uuid not null references team on delete cascade,
      organisation_id uuid not null references organisation,
      -- the team's, so that the database can keep a company to one team of a notice
      opportunity_id uuid not null references opportunity,
      state text not null check (state in ('invited', 'accepted', 'declined', 'cancelled', 'expired', 'left', 'removed', 'dropped', 'ended')),
      -- the invitation
      message text not null default '', lang text not null check (lang in ('ko', 'en')),
      asked_by uuid references account on delete set null, asked_at timestamptz not null default now(),
      -- why it was declined, or why a member went
      reason text not null default '',
      answered_by uuid references account on delete set null, answered_at timestamptz,
      -- what a member agreed to and shows; lines and profile are frozen when the team expresses interest
      terms_version text,
      evidence jsonb not null default '[]', lines text[] not null default '{}', profile_version integer,
      contact_name text not null default '', contact_email text not null default '',
      primary key (team_id, organisation_id)
    );
    -- a company stands in one team of a notice
    create unique index team_member_once on team_member (opportunity_id, organisation_id) where state = 'accepted';
    -- a company's own list
    create index team_member_organisation on team_member (organisation_id, state);

    create table team_event (
      id bigint generated always as identity primary key,
      team_id uuid not null references team on delete cascade,
      kind text not null check (kind in ('invited', 'accepted', 'declined', 'cancelled', 'expired', 'left', 'removed',
        'dropped', 'leader', 'sent', 'withdrawn', 'disbanded', 'message')),
      -- whom it is about, and who did it; null: the portal. No foreign key: rows are never changed.
      organisation_id uuid, by_account uuid, by_organisation uuid,
      at timestamptz not null default now(), note text not null default '', lang text not null default 'ko'
    );
    create index team_event_team on team_event (team_id, id);
    create trigger team_event_append_only before update on team_event
      for each row execute function refuse_change();

    alter table interest add column team_id uuid references team;
    -- one expression of a team
    create unique index interest_team on interest (team_id) where team_id is not null;
    alter table interest_event drop constraint interest_event_kind_check;
    alter table interest_event add constraint interest_event_kind_check check (kind in ('sent', 'opened', 'shortlisted',
      'accepted', 'declined', 'withdrawn', 'company-suspended', 'company-restored', 'member-left', 'leader-changed'));
  `.execute(db);
}
