import type { Kysely } from 'kysely';
import type { InvitationBar, InvitationEventKind, InvitedParty } from '#lib/domain/engagement/invitation.ts';
import type { ActingSide } from '#lib/domain/engagement/status.ts';
import { phaseAt } from '#lib/domain/opportunity/status.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** An invitation with both sides, as pages and commands need it. */
function invitation(db: Kysely<Database>, opportunityId: string, companyId: string) {
  return db
    .selectFrom('opportunity_invitation as asked')
    .innerJoin('opportunity', 'opportunity.id', 'asked.opportunity_id')
    .innerJoin('organisation as invited', 'invited.id', 'asked.organisation_id')
    .leftJoin('company', 'company.organisation_id', 'invited.id')
    .innerJoin('organisation as lead', 'lead.id', 'opportunity.organisation_id')
    .selectAll('asked')
    .select([
      'opportunity.number',
      'opportunity.publisher',
      'opportunity.project_id',
      'opportunity.place',
      'opportunity.title_ko',
      'opportunity.title_en',
      'opportunity.status',
      'opportunity.opens',
      'opportunity.deadline',
      'opportunity.pseudonymous as lead_keeps',
      'company.pseudonymous as company_keeps',
      'company.published_at',
      'invited.name_ko as company_ko',
      'invited.name_en as company_en',
      'invited.standing',
      'invited.screened',
      'lead.id as lead_id',
      'lead.name_ko as lead_ko',
      'lead.name_en as lead_en',
      'lead.standing as lead_standing',
      'lead.screened as lead_screened',
    ])
    .where('asked.opportunity_id', '=', opportunityId)
    .where('asked.organisation_id', '=', companyId);
}

export type InvitationRow = NonNullable<Awaited<ReturnType<typeof readInvitation>>>;

/** Null when the company is not invited to the notice. */
export async function readInvitation(db: Kysely<Database>, opportunityId: string, companyId: string) {
  return (await invitation(db, opportunityId, companyId).executeTakeFirst()) ?? null;
}

/** The same, its row locked until the transaction ends. */
export async function lockInvitation(
  db: Kysely<Database>,
  opportunityId: string,
  companyId: string,
): Promise<InvitationRow | null> {
  return (await invitation(db, opportunityId, companyId).forUpdate('asked').executeTakeFirst()) ?? null;
}

/** Invitations of a company to published notices for which nobody ever spoke for it; newest first. */
export async function unansweredInvitations(db: Kysely<Database>, companyId: string) {
  return await db
    .selectFrom('opportunity_invitation as asked')
    .innerJoin('opportunity', 'opportunity.id', 'asked.opportunity_id')
    .innerJoin('organisation as lead', 'lead.id', 'opportunity.organisation_id')
    .select(['opportunity.id', 'opportunity.publisher', 'lead.name_ko as lead_ko', 'lead.name_en as lead_en'])
    .where('asked.organisation_id', '=', companyId)
    .where('opportunity.status', '=', 'published')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('interest_party as spoken')
            .select('spoken.opportunity_id')
            .whereRef('spoken.opportunity_id', '=', 'asked.opportunity_id')
            .where('spoken.company_id', '=', companyId)
            .where('spoken.interest_id', 'is not', null),
        ),
      ),
    )
    .orderBy('asked.created_at', 'desc')
    .orderBy('opportunity.id')
    .execute();
}

/** The expression that speaks for a company in a notice, alone or in a team; a withdrawn one last. */
export async function interestOfPair(db: Kysely<Database>, opportunityId: string, companyId: string) {
  const row = await db
    .selectFrom('interest_party')
    .select(['interest_id as id', 'status'])
    .where('opportunity_id', '=', opportunityId)
    .where('company_id', '=', companyId)
    .where('interest_id', 'is not', null)
    .orderBy((eb) => eb('status', '=', 'withdrawn'))
    .executeTakeFirst();
  return row === undefined || row.id === null || row.status === null
    ? null
    : { id: row.id, status: row.status };
}

/** Both sides of an invitation. */
export function sidesOf(row: InvitationRow): Record<ActingSide, InvitedParty> {
  return {
    company: {
      keeps: row.company_keeps === true,
      agreed: row.company_reveals_at !== null,
      asked: row.company_asked_at !== null,
    },
    lead: {
      keeps: row.lead_keeps,
      agreed: row.lead_reveals_at !== null,
      asked: row.lead_asked_at !== null,
    },
  };
}

/** What stands in the way of beginning anything, for one side. */
export function barOf(
  row: InvitationRow,
  side: ActingSide,
  at: { now: Date; interest: boolean },
): InvitationBar | null {
  const isOut = (standing: string) => standing === 'suspended' || standing === 'refused';
  const company = { out: isOut(row.standing), screened: row.screened };
  const lead = { out: isOut(row.lead_standing), screened: row.lead_screened };
  const [own, other] = side === 'company' ? [company, lead] : [lead, company];
  if (own.out) return 'suspended';
  if (own.screened) return 'screened';
  // Why the other side takes no part is its own business.
  if (other.out || other.screened || (side === 'lead' && row.published_at === null)) return 'other-out';
  const phase = phaseAt(row, at.now, koreanDay(at.now));
  if (phase === 'closed' || phase === 'withdrawn') return 'over';
  if (phase === 'draft' || phase === 'submitted') return 'not-published';
  return at.interest ? 'interest-expressed' : null;
}

export async function addInvitationEvent(
  db: Kysely<Database>,
  row: Pick<InvitationRow, 'opportunity_id' | 'organisation_id'>,
  kind: InvitationEventKind,
  at: Date,
): Promise<void> {
  await db
    .insertInto('invitation_event')
    .values({ opportunity_id: row.opportunity_id, organisation_id: row.organisation_id, kind, at })
    .execute();
}

/** What an agreement on an expression says, its invitations say as well; taken back there, it is taken back here. */
export async function setOnInvitations(
  db: Kysely<Database>,
  opportunityId: string,
  companyIds: readonly string[],
  columns: { company_reveals_at: Date | null } | { lead_reveals_at: Date | null },
): Promise<void> {
  if (companyIds.length === 0) return;
  await db
    .updateTable('opportunity_invitation')
    .set(columns)
    .where('opportunity_id', '=', opportunityId)
    .where('organisation_id', 'in', [...companyIds])
    .execute();
}
