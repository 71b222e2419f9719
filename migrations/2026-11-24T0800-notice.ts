import { sql, type Kysely } from 'kysely';

/** In-app notices and outgoing mail. The event key makes each event reach a person once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notice (
      id uuid primary key default uuidv7(),
      account_id uuid not null references account on delete cascade,
      organisation_id uuid references organisation on delete cascade,
      kind text not null, event_key text not null, data jsonb not null default '{}',
      path text not null default '',
      created_at timestamptz not null default now(), read_at timestamptz,
      unique (account_id, event_key)
    );
    -- inbox of a person, unread count
    create index notice_account on notice (account_id, created_at desc);
    create index notice_unread on notice (account_id) where read_at is null;

    create table mail (
      id uuid primary key default uuidv7(),
      event_key text not null, to_email text not null, lang text not null,
      subject text not null, body text not null,
      unique (to_email, event_key),
      created_at timestamptz not null default now(), sent_at timestamptz, attempts integer not null default 0,
      last_error text
    );
    -- outbox page in demo mode, unsent mail
    create index mail_created on mail (created_at desc);
  `.execute(db);
}
