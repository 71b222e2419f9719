import { sql, type Kysely } from 'kysely';

/** Notices that keep the names of their publisher back, and names that are shown once both sides agreed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The publisher's name, the project and the place stay hidden until publisher and company both agreed.
    alter table opportunity add column pseudonymous boolean not null default false;
    create function refuse_frozen_pseudonymous() returns trigger language plpgsql as $$
    begin
      raise exception 'a published opportunity keeps or shows its names as it was published'
        using errcode = 'restrict_violation';
    end $$;
    create trigger opportunity_pseudonymous_frozen before update of pseudonymous on opportunity for each row
      when (old.frozen_at is not null and old.import_source = 'portal' and old.pseudonymous <> new.pseudonymous)
      execute function refuse_frozen_pseudonymous();

    -- When each side agreed to show its name to the other. Of a team each member agrees for itself.
    alter table interest add column company_reveals_at timestamptz, add column lead_reveals_at timestamptz;
    alter table team_member add column reveals_at timestamptz;
    -- Until now the expression itself told the name.
    update interest set company_reveals_at = created_at, lead_reveals_at = created_at;
    update team_member m set reveals_at = i.created_at from interest i where i.team_id = m.team_id;

    -- Every company an expression speaks for: does each side keep its name back, did it agree, who sees whose name.
    -- Whoever keeps nothing back counts as having agreed.
    create view interest_party as
      select p.*, not company_keeps or (company_agreed and (lead_agreed or not lead_keeps)) as company_named,
        not lead_keeps or (lead_agreed and (company_agreed or not company_keeps)) as lead_named
      from (
        select i.id as interest_id, i.opportunity_id, o.organisation_id as lead_id, i.organisation_id as company_id,
          i.status, coalesce(c.pseudonymous, false) as company_keeps, i.company_reveals_at is not null as company_agreed,
          o.pseudonymous as lead_keeps, i.lead_reveals_at is not null as lead_agreed
        from interest i join opportunity o on o.id = i.opportunity_id
          left join company c on c.organisation_id = i.organisation_id
        where i.team_id is null
        union all
        select i.id, i.opportunity_id, o.organisation_id, m.organisation_id, i.status,
          coalesce(c.pseudonymous, false), m.reveals_at is not null, o.pseudonymous, i.lead_reveals_at is not null
        from interest i join opportunity o on o.id = i.opportunity_id
          join team_member m on m.team_id = i.team_id and m.state in ('accepted', 'ended')
          left join company c on c.organisation_id = m.organisation_id
      ) p;

    alter table interest_event drop constraint interest_event_kind_check;
    alter table interest_event add constraint interest_event_kind_check check (kind in ('sent', 'opened', 'shortlisted',
      'accepted', 'declined', 'withdrawn', 'company-suspended', 'company-restored', 'member-left', 'leader-changed',
      'company-agreed', 'company-disagreed', 'lead-agreed', 'lead-disagreed', 'names-shown'));
  `.execute(db);
}
