import { sql, type Kysely } from 'kysely';

/** Names that are shown once both sides agree, agreed to on an invitation, before any expression of interest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- When each side agreed to show its name to the other, and when it asked the other to show its own.
    alter table opportunity_invitation
      add column company_reveals_at timestamptz, add column lead_reveals_at timestamptz,
      add column company_asked_at timestamptz, add column lead_asked_at timestamptz;

    -- What happened to names on an invitation; both sides read it.
    create table invitation_event (
      id bigint generated always as identity primary key,
      opportunity_id uuid not null, organisation_id uuid not null,
      kind text not null check (kind in ('company-asked', 'lead-asked', 'company-agreed', 'company-disagreed',
        'lead-agreed', 'lead-disagreed', 'names-shown')),
      at timestamptz not null default now(),
      foreign key (opportunity_id, organisation_id) references opportunity_invitation on delete cascade
    );
    create index invitation_event_invitation on invitation_event (opportunity_id, organisation_id, id);
    create trigger invitation_event_append_only before update on invitation_event
      for each row execute function refuse_change();

    -- An agreement on the invitation counts for the expression of interest as well. Invitations stand beside
    -- expressions, without an id: what was agreed there holds whether or not interest is expressed.
    create or replace view interest_party as
      select p.*, not company_keeps or (company_agreed and (lead_agreed or not lead_keeps)) as company_named,
        not lead_keeps or (lead_agreed and (company_agreed or not company_keeps)) as lead_named
      from (
        select i.id as interest_id, i.opportunity_id, o.organisation_id as lead_id, i.organisation_id as company_id,
          i.status, coalesce(c.pseudonymous, false) as company_keeps,
          i.company_reveals_at is not null or v.company_reveals_at is not null as company_agreed,
          o.pseudonymous as lead_keeps, i.lead_reveals_at is not null or v.lead_reveals_at is not null as lead_agreed
        from interest i join opportunity o on o.id = i.opportunity_id
          left join company c on c.organisation_id = i.organisation_id
          left join opportunity_invitation v
            on v.opportunity_id = i.opportunity_id and v.organisation_id = i.organisation_id
        where i.team_id is null
        union all
        select i.id, i.opportunity_id, o.organisation_id, m.organisation_id, i.status,
          coalesce(c.pseudonymous, false), m.reveals_at is not null or v.company_reveals_at is not null,
          o.pseudonymous, i.lead_reveals_at is not null or v.lead_reveals_at is not null
        from interest i join opportunity o on o.id = i.opportunity_id
          join team_member m on m.team_id = i.team_id and m.state in ('accepted', 'ended')
          left join company c on c.organisation_id = m.organisation_id
          left join opportunity_invitation v
            on v.opportunity_id = i.opportunity_id and v.organisation_id = m.organisation_id
        union all
        select null::uuid, v.opportunity_id, o.organisation_id, v.organisation_id, null::text,
          coalesce(c.pseudonymous, false), v.company_reveals_at is not null,
          o.pseudonymous, v.lead_reveals_at is not null
        from opportunity_invitation v join opportunity o on o.id = v.opportunity_id
          left join company c on c.organisation_id = v.organisation_id
      ) p;
  `.execute(db);
}
