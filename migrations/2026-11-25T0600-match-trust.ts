import { sql, type Kysely } from 'kysely';

/** What lets people question a match, and see whom the lists show. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- an organisation says that a result is wrong; an official looks at it and answers
    create table match_appeal (
      id uuid primary key default uuidv7(),
      -- the organisation that objects: the company itself or the publisher
      organisation_id uuid not null references organisation,
      opportunity_id uuid not null references opportunity,
      company_id uuid not null references organisation,
      status text not null default 'open' check (status in ('open', 'withdrawn', 'kept', 'data', 'rules')),
      statement text not null,
      lang text not null check (lang in ('ko', 'en')),
      -- the reckoning as the organisation saw it, in its language
      model text not null, score numeric not null, reckoning jsonb not null,
      -- day (Asia/Seoul) by which it is to be answered
      due date not null,
      answer text not null default '',
      opened_by uuid references account on delete set null,
      answered_by uuid references account on delete set null,
      opened_at timestamptz not null default now(), closed_at timestamptz,
      check ((status = 'open') = (closed_at is null)),
      check (status in ('open', 'withdrawn') or answer <> '')
    );
    -- a pair is questioned once at a time by each side
    create unique index match_appeal_open on match_appeal (organisation_id, opportunity_id, company_id)
      where status = 'open';
    -- an organisation's own list
    create index match_appeal_organisation on match_appeal (organisation_id, opened_at desc);
    -- officials: what is open, the most urgent first
    create index match_appeal_due on match_appeal (due, id) where status = 'open';
    -- officials: what was answered, newest first
    create index match_appeal_closed on match_appeal (closed_at desc, id) where status <> 'open';

    -- whom the lists of a day showed, beside whom they could have shown; counts only
    create table match_exposure (
      day date not null,
      dimension text not null check (dimension in ('size', 'age', 'province')),
      value text not null,
      model text not null,
      -- published companies of this kind
      companies integer not null check (companies >= 0),
      -- places among the first ten of the open notices, over all notices
      shown integer not null check (shown >= 0),
      -- strong matches of the open notices, over all notices, shown among the first ten or not
      relevant integer not null check (relevant >= 0),
      primary key (day, dimension, value)
    );
  `.execute(db);
}
