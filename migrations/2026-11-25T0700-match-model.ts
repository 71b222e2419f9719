import { sql, type Kysely } from 'kysely';

/** Models of matching that officials made, and which one is in use since when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table match_model (
      -- such as 2026-11.2; the shipped model is not stored
      id text primary key check (id ~ '^[0-9]{4}-[0-9]{2}[.][0-9]{1,3}$'),
      -- every number of it
      body jsonb not null,
      base text not null,
      note text not null,
      made_by uuid references account on delete set null,
      made_at timestamptz not null default now()
    );
    create trigger match_model_append_only
      before delete or update of id, body, base, note, made_at on match_model
      for each row execute function refuse_change();

    -- the last row names the model in use; none: the shipped one
    create table match_model_switch (
      id bigint generated always as identity primary key,
      model text not null, before text not null,
      reason text not null,
      by uuid references account on delete set null,
      at timestamptz not null default now()
    );
    create trigger match_model_switch_append_only
      before delete or update of model, before, reason, at on match_model_switch
      for each row execute function refuse_change();
  `.execute(db);
}
