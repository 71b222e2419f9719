import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';
import type { OpportunityTable, RequirementTable } from '#lib/server/opportunity/tables.ts';

export type OpportunityRow = Selectable<OpportunityTable>;
export type RequirementRow = Selectable<RequirementTable>;

/** The row, locked until the transaction ends; null when there is none. */
export async function lockOpportunity(db: Transaction<Database>, id: string): Promise<OpportunityRow | null> {
  const row = await db
    .selectFrom('opportunity')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** The organisation as the rules of publishing need it. */
export async function publisherOf(db: Kysely<Database>, organisationId: string) {
  return await db
    .selectFrom('organisation')
    .select(['id', 'name_ko', 'name_en', 'standing', 'vetted_until', 'demo'])
    .where('id', '=', organisationId)
    .executeTakeFirst();
}

/** The lines of an opportunity in their order. */
export async function requirementsOf(db: Kysely<Database>, opportunityId: string): Promise<RequirementRow[]> {
  return await db
    .selectFrom('requirement')
    .selectAll()
    .where('opportunity_id', '=', opportunityId)
    .orderBy('position')
    .execute();
}

/** Puts lines into the given order. Positions are unique, so they first move out of each other's way. */
export async function renumber(
  db: Transaction<Database>,
  opportunityId: string,
  ids: string[],
): Promise<void> {
  for (const [i, id] of ids.entries())
    await db
      .updateTable('requirement')
      .set({ position: -(i + 1) })
      .where('id', '=', id)
      .where('opportunity_id', '=', opportunityId)
      .execute();
  for (const [i, id] of ids.entries())
    await db
      .updateTable('requirement')
      .set({ position: i + 1 })
      .where('id', '=', id)
      .where('opportunity_id', '=', opportunityId)
      .execute();
}

/** Published notices whose deadline is over, oldest first. */
export async function pastDeadline(db: Kysely<Database>, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('opportunity')
    .select('id')
    .where('status', '=', 'published')
    .where('deadline', '<=', now)
    .orderBy('deadline')
    .execute();
  return rows.map((row) => row.id);
}

/** Organisations that expressed interest, alone or in a team, or prepare to in a team, and did not take it back: those who are told of a change. */
export async function interestedOrganisations(
  db: Kysely<Database>,
  opportunityId: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('interest')
    .select('organisation_id')
    .where('opportunity_id', '=', opportunityId)
    .where('status', 'not in', ['withdrawn', 'declined'])
    .union(
      db
        .selectFrom('team_member')
        .innerJoin('team', 'team.id', 'team_member.team_id')
        .leftJoin('interest', 'interest.team_id', 'team.id')
        .select('team_member.organisation_id')
        .where('team_member.opportunity_id', '=', opportunityId)
        .where('team_member.state', '=', 'accepted')
        .where('team.state', 'in', ['forming', 'sent'])
        .where((eb) => eb.or([eb('interest.status', 'is', null), eb('interest.status', '<>', 'declined')])),
    )
    .execute();
  return rows.map((row) => row.organisation_id);
}

/** Is the company told the names that the notice keeps back? */
export async function isToldNames(
  db: Kysely<Database>,
  opportunityId: string,
  organisationId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('interest_party')
    .select('interest_id')
    .where('opportunity_id', '=', opportunityId)
    .where('company_id', '=', organisationId)
    .where('lead_named', '=', true)
    .executeTakeFirst();
  return row !== undefined;
}

/** A notice as far as it decides what must not be told of it. */
export type KeptNotice = Pick<
  OpportunityRow,
  'pseudonymous' | 'organisation_id' | 'project_id' | 'place' | 'publisher'
>;

/** What a notice that keeps its names back must not say besides who its publisher is: the project's names, the place. */
export async function keptWith(
  db: Kysely<Database>,
  row: Pick<KeptNotice, 'project_id' | 'place' | 'publisher'>,
): Promise<string[]> {
  const project =
    row.project_id === null
      ? undefined
      : await db
          .selectFrom('project')
          .select(['name_ko', 'name_en', 'operator'])
          .where('id', '=', row.project_id)
          .executeTakeFirst();
  return [row.publisher, project?.name_ko, project?.name_en, project?.operator, row.place].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
}

/** Organisations invited to a notice, each with the reason kept. */
export async function invitedOrganisations(db: Kysely<Database>, opportunityId: string) {
  return await db
    .selectFrom('opportunity_invitation')
    .select(['organisation_id', 'reason'])
    .where('opportunity_id', '=', opportunityId)
    .execute();
}

/** Which of the ids are known. */
export async function knownIds(
  db: Kysely<Database>,
  ids: { minerals?: readonly string[]; countries?: readonly string[]; certifications?: readonly string[] },
): Promise<boolean> {
  const { minerals = [], countries = [], certifications = [] } = ids;
  if (minerals.length > 0) {
    const rows = await db.selectFrom('mineral').select('id').where('id', 'in', minerals).execute();
    if (rows.length < new Set(minerals).size) return false;
  }
  if (countries.length > 0) {
    const rows = await db.selectFrom('country').select('iso2').where('iso2', 'in', countries).execute();
    if (rows.length < new Set(countries).size) return false;
  }
  if (certifications.length > 0) {
    const rows = await db
      .selectFrom('certification')
      .select('id')
      .where('id', 'in', certifications)
      .execute();
    if (rows.length < new Set(certifications).size) return false;
  }
  return true;
}

/** A project's own place, or null when there is no such project. */
export async function projectPlace(db: Kysely<Database>, id: string): Promise<{ country: string } | null> {
  const row = await db.selectFrom('project').select('country').where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function capabilityExists(db: Kysely<Database>, id: string): Promise<boolean> {
  const row = await db.selectFrom('capability').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** A supplier that others can see, or null. A suspended one too: leads who work with it see its state. */
export async function publishedCompany(db: Kysely<Database>, organisationId: string) {
  const row = await db
    .selectFrom('organisation')
    .innerJoin('company', 'company.organisation_id', 'organisation.id')
    .select(['organisation.id', 'organisation.standing', 'organisation.screened'])
    .where('organisation.id', '=', organisationId)
    .where('company.published_at', 'is not', null)
    .where('organisation.standing', '<>', 'refused')
    .executeTakeFirst();
  return row ?? null;
}
