import { sql, type Kysely } from 'kysely';

/**
 * What a company does not want, what a notice is worth and whose companies it is open to, who stands on a restricted
 * list, and new strong matches that people are told of.
 *
 * A pair is told once ever: one row a person and pair, whose `told_at` is set in the transaction that writes the mail.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- own exclusions: known to the company and to officials, to nobody else
    alter table company
      add column excluded_countries text[] not null default '{}',
      add column excluded_types text[] not null default '{}',
      add column minimum_value_usd numeric check (minimum_value_usd > 0);

    alter table opportunity
      -- the publisher's own estimate
      add column estimated_value_usd numeric check (estimated_value_usd > 0),
      -- open to companies of its members only; null: of any country
      add column eligible_framework text references framework,
      -- its members on the day of the deadline, written at publication; null before, and without a framework
      add column eligible_countries text[], add column eligible_on date,
      add constraint opportunity_eligible check (
        (eligible_countries is null) = (eligible_on is null)
        and (eligible_countries is null or eligible_framework is not null)
        and (eligible_countries is null or cardinality(eligible_countries) > 0)
      );
    create function refuse_frozen_terms() returns trigger language plpgsql as $$
    begin
      raise exception 'value and eligibility of a published opportunity are frozen' using errcode = 'restrict_violation';
    end $$;
    create trigger opportunity_terms_frozen before update on opportunity
      for each row when (
        old.frozen_at is not null and old.import_source = 'portal'
        and (old.estimated_value_usd, old.eligible_framework, old.eligible_countries, old.eligible_on)
          is distinct from
          (new.estimated_value_usd, new.eligible_framework, new.eligible_countries, new.eligible_on)
      ) execute function refuse_frozen_terms();

    alter table requirement
      -- only certificates that officials confirmed with the issuer count
      add column verified_only boolean not null default false,
      add check (kind = 'certifications_any' or not verified_only);

    -- a confirmed hit on a restricted list; follows the last row of screening
    alter table organisation add column screened boolean not null default false;
    create table screening (
      id uuid primary key default uuidv7(),
      organisation_id uuid not null references organisation,
      outcome text not null check (outcome in ('confirmed', 'cleared')),
      -- which list and which entry, and why it is, or is not, this organisation
      list text not null check (list <> ''), reason text not null check (reason <> ''),
      case_id uuid references vetting_case,
      -- no foreign key: the row is never changed, it outlives the account
      decided_by uuid, decided_at timestamptz not null default now()
    );
    -- what was found about an organisation, latest first
    create index screening_organisation on screening (organisation_id, decided_at desc);
    create trigger screening_append_only before update or delete on screening
      for each row execute function refuse_change();
    create trigger screening_no_truncate before truncate on screening
      for each statement execute function refuse_change();

    -- how a person wants to be told of new strong matches, as a member of a company or of a publisher
    create table match_alert_setting (
      account_id uuid not null references account on delete cascade,
      organisation_id uuid not null references organisation on delete cascade,
      side text not null check (side in ('company', 'lead')),
      -- no row: daily
      frequency text not null default 'daily' check (frequency in ('at_once', 'daily', 'weekly', 'none')),
      stop_token text not null unique,
      primary key (account_id, organisation_id, side)
    );
    -- settings for an organisation that is removed
    create index match_alert_setting_organisation on match_alert_setting (organisation_id);

    create table match_alert (
      account_id uuid not null references account on delete cascade,
      side text not null check (side in ('company', 'lead')),
      -- derived from stored matches, which carry no foreign keys either
      opportunity_id uuid not null, company_id uuid not null,
      -- of the two the one that the person is a member of
      organisation_id uuid not null references organisation on delete cascade,
      found_at timestamptz not null, told_at timestamptz,
      -- a pair is told once
      primary key (account_id, side, opportunity_id, company_id)
    );
    -- what waits to be told
    create index match_alert_waiting on match_alert (account_id, organisation_id, side) where told_at is null;
    -- alerts for an organisation that is removed
    create index match_alert_organisation on match_alert (organisation_id);

    -- changes of the strong group up to this one are turned into alerts
    create table match_alert_mark (
      singleton boolean primary key default true check (singleton),
      seq bigint not null
    );
    -- what was found before there were alerts is not news
    insert into match_alert_mark (seq) select coalesce(max(seq), 0) from match_change;
  `.execute(db);
}
