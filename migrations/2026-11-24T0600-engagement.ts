import { sql, type Kysely } from 'kysely';

/** Expressions of interest: one per company and opportunity, with one timeline both sides see. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table interest (
      id uuid primary key default uuidv7(),
      opportunity_id uuid not null references opportunity,
      organisation_id uuid not null references organisation,
      status text not null default 'sent' check (status in ('sent', 'opened', 'shortlisted', 'accepted', 'declined', 'withdrawn')),
      message text not null default '', lang text not null check (lang in ('ko', 'en')),
      terms_version text not null, profile_version integer not null,
      -- ids of capabilities, certificates, references and files that the company chose to show
      evidence jsonb not null default '[]',
      decline_reason text, decline_note text not null default '',
      sent_by uuid references account on delete set null,
      -- whom each side gives; shown to the other from acceptance on
      contact_name text not null default '', contact_email text not null default '',
      lead_contact_name text not null default '', lead_contact_email text not null default '',
      created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
      check ((status = 'declined') = (decline_reason is not null))
    );
    -- two clicks, two tabs or two colleagues make one expression
    create unique index interest_once on interest (opportunity_id, organisation_id);
    -- a company's own list
    create index interest_organisation on interest (organisation_id, created_at desc);
    create table interest_event (
      id bigint generated always as identity primary key,
      interest_id uuid not null references interest on delete cascade,
      kind text not null check (kind in ('sent', 'opened', 'shortlisted', 'accepted', 'declined', 'withdrawn', 'company-suspended', 'company-restored')),
      by_side text not null check (by_side in ('company', 'lead', 'ministry')),
      at timestamptz not null default now(), note text not null default ''
    );
    create index interest_event_interest on interest_event (interest_id, id);
    create trigger interest_event_append_only before update on interest_event
      for each row execute function refuse_change();
  `.execute(db);
}
