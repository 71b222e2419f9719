import type { ExpressionBuilder, Kysely, Transaction } from 'kysely';
import type {
  EvidenceKind,
  EvidenceRef,
  InterestEventKind,
  InterestSide,
} from '#lib/domain/engagement/interest.ts';
import { WAITING_STATUSES } from '#lib/domain/engagement/status.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Companies that stand in a team now. */
export async function membersOfTeam(db: Kysely<Database>, teamId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('team_member')
    .select('organisation_id')
    .where('team_id', '=', teamId)
    .where('state', '=', 'accepted')
    .orderBy('organisation_id')
    .execute();
  return rows.map((row) => row.organisation_id);
}

/** The expression with both sides' names, its row locked until the transaction ends; null when there is none. */
export async function lockInterest(db: Transaction<Database>, id: string) {
  const row = await db
    .selectFrom('interest')
    .innerJoin('opportunity', 'opportunity.id', 'interest.opportunity_id')
    .innerJoin('organisation as company', 'company.id', 'interest.organisation_id')
    .leftJoin('organisation as lead', 'lead.id', 'opportunity.organisation_id')
    .selectAll('interest')
    .select([
      'opportunity.organisation_id as lead_id',
      'opportunity.pseudonymous as lead_keeps',
      'opportunity.project_id',
      'opportunity.place',
      'opportunity.number',
      'opportunity.publisher',
      'opportunity.title_ko',
      'opportunity.title_en',
      'company.name_ko as company_ko',
      'company.name_en as company_en',
      'company.standing',
      'lead.name_ko as lead_ko',
      'lead.name_en as lead_en',
      'lead.standing as lead_standing',
    ])
    .where('interest.id', '=', id)
    .forUpdate('interest')
    .executeTakeFirst();
  return row ?? null;
}
export type LockedInterest = NonNullable<Awaited<ReturnType<typeof lockInterest>>>;

/** The companies an expression speaks for, and who of both sides sees whose name. */
export async function partiesOf(db: Kysely<Database>, interestId: string) {
  return await db
    .selectFrom('interest_party')
    .innerJoin('organisation', 'organisation.id', 'interest_party.company_id')
    .selectAll('interest_party')
    .select(['organisation.name_ko', 'organisation.name_en'])
    .where('interest_id', '=', interestId)
    .orderBy('company_id')
    .execute();
}
export type InterestParty = Awaited<ReturnType<typeof partiesOf>>[number];

/** Does the publisher of a notice see the company's name, by its expression or its invitation? */
export async function isCompanyNamed(
  db: Kysely<Database>,
  opportunityId: string,
  companyId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('interest_party')
    .select('company_id')
    .where('opportunity_id', '=', opportunityId)
    .where('company_id', '=', companyId)
    .where('company_named', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function addEvent(
  db: Kysely<Database>,
  event: { interestId: string; kind: InterestEventKind; by: InterestSide; at: Date; note?: string },
): Promise<void> {
  await db
    .insertInto('interest_event')
    .values({
      interest_id: event.interestId,
      kind: event.kind,
      by_side: event.by,
      at: event.at,
      note: event.note ?? '',
    })
    .execute();
}

/** The opportunity as an expression of interest needs it, locked. */
export async function lockOpportunityForInterest(db: Transaction<Database>, id: string) {
  const row = await db
    .selectFrom('opportunity')
    .leftJoin('organisation as lead', 'lead.id', 'opportunity.organisation_id')
    .select([
      'opportunity.id',
      'opportunity.status',
      'opportunity.opens',
      'opportunity.deadline',
      'opportunity.organisation_id',
      'opportunity.requires_vetted',
      'opportunity.team_max',
      'opportunity.pseudonymous',
      'opportunity.number',
      'opportunity.publisher',
      'opportunity.title_ko',
      'opportunity.title_en',
      'lead.standing as lead_standing',
    ])
    .where('opportunity.id', '=', id)
    .forUpdate('opportunity')
    .executeTakeFirst();
  return row ?? null;
}

export type LockedOpportunity = NonNullable<Awaited<ReturnType<typeof lockOpportunityForInterest>>>;

/** How an organisation stands now. A decision on it that is under way is waited for, and a later one waits. */
export async function holdStanding(db: Transaction<Database>, organisationId: string) {
  return await db
    .selectFrom('organisation')
    .select(['standing', 'screened', 'vetted_until as vettedUntil'])
    .where('id', '=', organisationId)
    .forShare()
    .executeTakeFirstOrThrow();
}

const TABLES = {
  capability: 'company_capability',
  certification: 'company_certification',
  reference: 'company_reference',
  file: 'file',
} as const satisfies Record<EvidenceKind, keyof Database>;

/** Of the evidence named, what really belongs to the organisation, in the order given. */
export async function ownEvidence(
  db: Kysely<Database>,
  organisationId: string,
  evidence: readonly EvidenceRef[],
): Promise<EvidenceRef[]> {
  const known = new Set<string>();
  for (const [kind, table] of Object.entries(TABLES)) {
    const ids = evidence.filter((one) => one.kind === kind).map((one) => one.id);
    if (ids.length === 0) continue;
    const rows = await db
      .selectFrom(table)
      .select('id')
      .where('organisation_id', '=', organisationId)
      .where('id', 'in', ids)
      .execute();
    for (const { id } of rows) known.add(`${kind}:${id}`);
  }
  return evidence.filter(({ kind, id }) => known.has(`${kind}:${id}`));
}

/** The published version of the profile an expression refers to; null when there is none. */
export async function profileVersion(db: Kysely<Database>, organisationId: string): Promise<number | null> {
  const row = await db
    .selectFrom('company')
    .select('version')
    .where('organisation_id', '=', organisationId)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  return row?.version ?? null;
}

/** Does the publisher see the name of a company that an expression speaks for? */
function named(eb: ExpressionBuilder<Database, 'interest'>, companyId: string) {
  return eb.exists(
    eb
      .selectFrom('interest_party as party')
      .select('party.interest_id')
      .whereRef('party.interest_id', '=', 'interest.id')
      .where('party.company_id', '=', companyId)
      .where('party.company_named', '=', true),
  );
}

/** What is going on with a company: its expressions, alone or in a team, that wait for an answer or were accepted, locked. */
export async function lockLiveInterests(db: Transaction<Database>, organisationId: string) {
  return await db
    .selectFrom('interest')
    .innerJoin('opportunity', 'opportunity.id', 'interest.opportunity_id')
    .innerJoin('organisation as company', (join) => join.on('company.id', '=', organisationId))
    .select([
      'interest.id',
      'interest.opportunity_id',
      'opportunity.organisation_id as lead_id',
      'opportunity.number',
      'opportunity.title_ko',
      'opportunity.title_en',
      'company.name_ko as company_ko',
      'company.name_en as company_en',
    ])
    .select((eb) => named(eb, organisationId).as('company_named'))
    .where((eb) =>
      eb.or([
        eb('interest.organisation_id', '=', organisationId),
        eb(
          'interest.team_id',
          'in',
          eb
            .selectFrom('team_member')
            .select('team_id')
            .where('organisation_id', '=', organisationId)
            .where('state', '=', 'accepted'),
        ),
      ]),
    )
    .where('interest.status', 'in', [...WAITING_STATUSES, 'accepted'])
    .orderBy('interest.id')
    .forUpdate('interest')
    .execute();
}

/** Companies with a live expression of interest in the notices of a lead, each of a team. */
export async function counterpartiesOfLead(db: Kysely<Database>, leadId: string) {
  return await db
    .selectFrom('interest')
    .innerJoin('interest_party as party', 'party.interest_id', 'interest.id')
    .innerJoin('opportunity', 'opportunity.id', 'interest.opportunity_id')
    .innerJoin('organisation as lead', 'lead.id', 'opportunity.organisation_id')
    .select([
      'interest.id',
      'party.company_id',
      'party.lead_named',
      'opportunity.number',
      'opportunity.title_ko',
      'opportunity.title_en',
      'lead.name_ko as lead_ko',
      'lead.name_en as lead_en',
    ])
    .where('opportunity.organisation_id', '=', leadId)
    .where('interest.status', 'in', [...WAITING_STATUSES, 'accepted'])
    .orderBy('interest.id')
    .orderBy('party.company_id')
    .execute();
}
