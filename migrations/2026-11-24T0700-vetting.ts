import { sql, type Kysely } from 'kysely';

/** Vetting cases: snapshot, checklist, information requests, two-person decisions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create sequence vetting_case_number;
    create table vetting_case (
      id uuid primary key default uuidv7(),
      number text not null unique default next_number('V', 'vetting_case_number'),
      organisation_id uuid not null references organisation,
      kind text not null check (kind in ('first', 'renewal', 'change', 'suspension', 'restoration')),
      status text not null default 'submitted' check (status in ('submitted', 'reviewing', 'waiting', 'proposed', 'decided', 'withdrawn')),
      snapshot jsonb not null, snapshot_version integer not null, previous_snapshot jsonb,
      rules_version text not null,
      submitted_by uuid references account on delete set null, submitted_at timestamptz not null default now(),
      assigned_to uuid references account on delete set null,
      -- the clock: working days allowed, and how long it has stood still while the company answers
      allowed_days smallint not null default 14 check (allowed_days > 0),
      paused_since timestamptz, paused_seconds bigint not null default 0,
      due_at timestamptz not null,
      decided_at timestamptz, updated_at timestamptz not null default now(),
      check ((status = 'decided') = (decided_at is not null)),
      check ((status = 'waiting') = (paused_since is not null))
    );
    create unique index vetting_case_one_open on vetting_case (organisation_id) where status not in ('decided', 'withdrawn');
    -- the queue: open cases by due date
    create index vetting_case_queue on vetting_case (status, due_at);
    create index vetting_case_organisation on vetting_case (organisation_id, submitted_at desc);

    create table vetting_item (
      case_id uuid not null references vetting_case on delete cascade,
      item text not null, rules_version text not null,
      finding text check (finding in ('met', 'not-met', 'not-applicable')),
      note text not null default '', found_by uuid references account on delete set null, found_at timestamptz,
      primary key (case_id, item)
    );
    create table information_request (
      id uuid primary key default uuidv7(),
      case_id uuid not null references vetting_case on delete cascade,
      item text not null, question text not null check (question <> ''),
      asked_by uuid references account on delete set null, asked_at timestamptz not null default now(),
      due_at timestamptz not null,
      answer text not null default '', answered_by uuid references account on delete set null, answered_at timestamptz,
      withdrawn_at timestamptz
    );
    create index information_request_case on information_request (case_id);
    create table information_request_file (
      request_id uuid not null references information_request on delete cascade,
      file_id uuid not null references file,
      primary key (request_id, file_id)
    );

    -- One official proposes, another confirms or returns: the database refuses the same person.
    create table vetting_decision (
      id uuid primary key default uuidv7(),
      case_id uuid not null references vetting_case on delete cascade,
      outcome text not null check (outcome in ('vetted', 'refused', 'suspended', 'restored')),
      reason_code text not null, reason_ko text not null default '', reason_en text not null default '',
      internal_note text not null default '',
      valid_to date,
      proposed_by uuid not null references account, proposed_at timestamptz not null default now(),
      confirmed_by uuid references account, confirmed_at timestamptz,
      returned_by uuid references account, returned_at timestamptz, return_note text not null default '',
      constraint vetting_decision_two_people check (confirmed_by is null or confirmed_by <> proposed_by),
      constraint vetting_decision_return_two_people check (returned_by is null or returned_by <> proposed_by),
      check (reason_ko <> '' or reason_en <> ''),
      check ((confirmed_by is null) = (confirmed_at is null)),
      check ((returned_by is null) = (returned_at is null)),
      check (confirmed_by is null or returned_by is null),
      check (outcome not in ('vetted', 'restored') or valid_to is not null)
    );
    create unique index vetting_decision_open on vetting_decision (case_id) where confirmed_at is null and returned_at is null;

    create table vetting_event (
      id bigint generated always as identity primary key,
      case_id uuid not null references vetting_case,
      kind text not null, by_account uuid, -- no foreign key: the row is never changed, it outlives the account
      by_side text not null check (by_side in ('company', 'ministry', 'system')),
      note text not null default '', at timestamptz not null default now()
    );
    create index vetting_event_case on vetting_event (case_id, id);
    create trigger vetting_event_append_only before update or delete on vetting_event
      for each row execute function refuse_change();
    create trigger vetting_event_no_truncate before truncate on vetting_event
      for each statement execute function refuse_change();
  `.execute(db);
}
