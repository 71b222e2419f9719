import { sql, type Kysely } from 'kysely';

/**
 * What officials change in the shipped rule data: terms of the lexicon, related capabilities, mineral families. The
 * files of a release stay as they are; these rows lie over them, in the order in which they took effect.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table amendment (
      id bigint generated always as identity primary key,
      subject text not null check (subject in ('term', 'capability', 'mineral')),
      -- the row as it was and as it will be: null for one that is added, null for one that is withdrawn
      before jsonb, after jsonb,
      source text not null check (source <> ''),
      note text not null check (note <> ''),
      undoes bigint references amendment,
      proposed_by uuid not null, proposed_at timestamptz not null, -- no foreign key: the row outlives the account
      decision text check (decision in ('confirmed', 'returned', 'withdrawn')),
      decided_by uuid, decided_at timestamptz,
      return_note text not null default '',
      -- the order of taking effect; also the version of what is in effect
      effect bigint,
      check (before is not null or after is not null),
      check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
      check ((effect is not null) = (decision is not distinct from 'confirmed')),
      -- a relation decides who is put before whom: a second person agrees or returns it
      constraint amendment_two_people
        check (subject = 'term' or decision is null or decision = 'withdrawn' or decided_by <> proposed_by)
    );
    -- what is in effect, in order, and its version (every search and every reading of the matching index)
    create unique index amendment_effect on amendment (effect);
    create index amendment_in_effect on amendment (subject, effect) where effect is not null;
    -- what waits for a second person
    create index amendment_waiting on amendment (id) where decision is null;
    create index amendment_undoes on amendment (undoes);

    create function amendment_decided_once() returns trigger language plpgsql as $$
    declare
      decided constant text[] := array['decision', 'decided_by', 'decided_at', 'return_note', 'effect'];
    begin
      if tg_op <> 'UPDATE' or old.decision is not null
        or to_jsonb(new) - decided <> to_jsonb(old) - decided then
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end if;
      return new;
    end $$;
    create trigger amendment_append_only before update or delete on amendment
      for each row execute function amendment_decided_once();
    create trigger amendment_no_truncate before truncate on amendment
      for each statement execute function refuse_change();

    -- how far the documents that a changed term touches have been read again
    create table amendment_reading (
      amendment_id bigint primary key references amendment,
      total integer not null, done integer not null default 0 check (done <= total),
      changed integer not null default 0 check (changed <= done),
      started_at timestamptz not null, finished_at timestamptz
    );
  `.execute(db);
}
