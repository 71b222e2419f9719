import { sql, type Kysely } from 'kysely';

/** Opportunities, their requirement lines, addenda, invitations and saved lists of leads. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create sequence opportunity_number;
    create table opportunity (
      id uuid primary key default uuidv7(),
      import_source text not null default 'portal', external_id text not null default gen_random_uuid()::text,
      number text not null unique default next_number('GM', 'opportunity_number'),
      organisation_id uuid references organisation,
      publisher text not null default '',
      project_id text references project, place text not null default '',
      country text not null references country (iso2),
      type text not null check (type in ('offtake', 'equity', 'epc', 'equipment', 'technology', 'services', 'recycling-feed', 'research', 'oda')),
      title_ko text not null default '', title_en text not null default '',
      summary_ko text not null default '', summary_en text not null default '',
      minerals text[] not null default '{}', finance text[] not null default '{}',
      opens date, deadline timestamptz, deadline_zone text not null default 'Asia/Seoul',
      visibility text not null default 'public' check (visibility in ('public', 'vetted', 'invited')),
      status text not null default 'draft' check (status in ('draft', 'submitted', 'published', 'closed', 'withdrawn')),
      returned_note text not null default '',
      requires_vetted boolean not null default false,
      saved_steps jsonb not null default '{}',
      created_by uuid references account on delete set null,
      submitted_by uuid references account on delete set null, submitted_at timestamptz,
      published_by uuid references account on delete set null, published_at timestamptz,
      closed_at timestamptz, frozen_at timestamptz,
      import_hash text, demo boolean not null default false,
      created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
      check (title_ko <> '' or title_en <> ''),
      check (status not in ('published', 'closed') or (published_at is not null and frozen_at is not null)),
      unique (import_source, external_id)
    );
    -- a lead's own list; opportunities of a project, of a country
    create index opportunity_organisation on opportunity (organisation_id, updated_at desc);
    create index opportunity_project on opportunity (project_id);
    create index opportunity_country on opportunity (country);
    -- queue of submitted ones, closing soonest, job that closes those past their deadline
    create index opportunity_status on opportunity (status, deadline);

    create table requirement (
      id uuid primary key default uuidv7(),
      opportunity_id uuid not null references opportunity on delete cascade,
      external_id text not null default gen_random_uuid()::text,
      position smallint not null,
      must boolean not null,
      kind text not null check (kind in ('capability', 'certifications_any', 'country_experience', 'language', 'min_size', 'can_invest')),
      capability text references capability, minerals text[] not null default '{}',
      amount double precision check (amount > 0), unit text,
      certifications text[] not null default '{}', countries text[] not null default '{}',
      language text, min_size text check (min_size in ('sme', 'midsize', 'large')),
      weight double precision not null default 1 check (weight > 0),
      check ((kind = 'capability') = (capability is not null)),
      check ((kind = 'certifications_any') = (cardinality(certifications) > 0)),
      check ((kind = 'country_experience') = (cardinality(countries) > 0)),
      check ((kind = 'language') = (language is not null)),
      check ((kind = 'min_size') = (min_size is not null)),
      check ((amount is null) = (unit is null)),
      unique (opportunity_id, position), unique (opportunity_id, external_id)
    );
    -- Lines and weights are frozen at publication: a later change is an addendum.
    create function refuse_frozen_requirement() returns trigger language plpgsql as $$
    begin
      if exists (select 1 from opportunity o
                 where o.id = coalesce(new.opportunity_id, old.opportunity_id) and o.frozen_at is not null
                   and o.import_source = 'portal') then
        raise exception 'requirements of a published opportunity are frozen' using errcode = 'restrict_violation';
      end if;
      return coalesce(new, old);
    end $$;
    create trigger requirement_frozen before insert or update or delete on requirement
      for each row execute function refuse_frozen_requirement();

    create table addendum (
      id uuid primary key default uuidv7(),
      opportunity_id uuid not null references opportunity on delete cascade,
      text_ko text not null default '', text_en text not null default '',
      deadline_before timestamptz, deadline_after timestamptz,
      -- no foreign key: the row is never changed, it outlives the account
      created_by uuid, created_at timestamptz not null default now(),
      check (text_ko <> '' or text_en <> '')
    );
    create index addendum_opportunity on addendum (opportunity_id);
    create trigger addendum_append_only before update on addendum for each row execute function refuse_change();

    create table opportunity_invitation (
      opportunity_id uuid not null references opportunity on delete cascade,
      organisation_id uuid not null references organisation on delete cascade,
      reason text not null check (reason <> ''),
      invited_by uuid references account on delete set null, created_at timestamptz not null default now(),
      primary key (opportunity_id, organisation_id)
    );
    -- opportunities a company was invited to
    create index opportunity_invitation_organisation on opportunity_invitation (organisation_id);

    create table shortlist (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references organisation on delete cascade,
      opportunity_id uuid references opportunity on delete cascade,
      name text not null check (name <> ''),
      created_by uuid references account on delete set null, created_at timestamptz not null default now()
    );
    create index shortlist_organisation on shortlist (organisation_id);
    create table shortlist_entry (
      shortlist_id uuid not null references shortlist on delete cascade,
      company_id uuid not null references company on delete cascade,
      note text not null default '', added_by uuid references account on delete set null,
      created_at timestamptz not null default now(),
      primary key (shortlist_id, company_id)
    );

    -- "Not relevant, because": hides and affects only the list of the organisation that said so.
    create table match_feedback (
      organisation_id uuid not null references organisation on delete cascade,
      opportunity_id uuid not null references opportunity on delete cascade,
      company_id uuid not null references company on delete cascade,
      reason text not null, note text not null default '',
      created_by uuid references account on delete set null, created_at timestamptz not null default now(),
      primary key (organisation_id, opportunity_id, company_id)
    );
  `.execute(db);
}
