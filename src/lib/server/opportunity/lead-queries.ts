import { organisationOf } from '#lib/domain/account/actor.ts';
import type { Standing } from '#lib/domain/account/account.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import type {
  Names,
  OpportunityCard,
  OpportunityView,
  RequirementView,
} from '#lib/domain/opportunity/view.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { nameBook } from '#lib/server/opportunity/name-queries.ts';
import { presentRequirement } from '#lib/server/opportunity/present.ts';
import { requirementsOf } from '#lib/server/opportunity/repository.ts';
import { opportunityCards, opportunityForViewer } from '#lib/server/opportunity/queries.ts';

/** All notices of the lead acted for, the last changed first; dropped drafts are left out. */
export async function ownOpportunities(ctx: Context): Promise<OpportunityCard[]> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return [];
  const rows = await ctx.db
    .selectFrom('opportunity')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where((eb) => eb.or([eb('status', '<>', 'withdrawn'), eb('published_at', 'is not', null)]))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return await opportunityCards(
    ctx,
    rows.map((row) => row.id),
  );
}

/** What a lead has to put right: drafts, returned ones first. */
export async function returnedDrafts(ctx: Context): Promise<{ id: string; note: string }[]> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return [];
  return await ctx.db
    .selectFrom('opportunity')
    .select(['id', 'returned_note as note'])
    .where('organisation_id', '=', organisationId)
    .where('status', '=', 'draft')
    .where('returned_note', '<>', '')
    .execute();
}

export interface QueueLine {
  card: OpportunityCard;
  publisher: Names;
  standing: Standing | null;
  vettedUntil: string | null;
  submittedAt: string;
}

/** Notices handed in and not yet published, the longest waiting first. For officials. */
export async function publicationQueue(ctx: Context): Promise<QueueLine[]> {
  const rows = await ctx.db
    .selectFrom('opportunity')
    .leftJoin('organisation', 'organisation.id', 'opportunity.organisation_id')
    .select([
      'opportunity.id',
      'opportunity.submitted_at',
      'opportunity.publisher',
      'organisation.name_ko',
      'organisation.name_en',
      'organisation.standing',
      'organisation.vetted_until',
    ])
    .where('opportunity.status', '=', 'submitted')
    .orderBy('opportunity.submitted_at')
    .orderBy('opportunity.id')
    .execute();
  const cards = await opportunityCards(
    ctx,
    rows.map((row) => row.id),
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  return rows.flatMap((row) => {
    const card = byId.get(row.id);
    if (card === undefined) return [];
    return {
      card,
      publisher: { ko: row.name_ko ?? row.publisher, en: row.name_en ?? row.publisher },
      standing: row.standing,
      vettedUntil: row.vetted_until,
      submittedAt: (row.submitted_at ?? ctx.now()).toISOString(),
    };
  });
}

export interface RequirementOption {
  opportunity: { id: string; number: string; title: Names };
  line: RequirementView;
}

/** Every requirement line of the lead's live notices, for "suppliers for one requirement". */
export async function ownRequirements(ctx: Context): Promise<RequirementOption[]> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return [];
  const [rows, book] = await Promise.all([
    ctx.db
      .selectFrom('requirement')
      .innerJoin('opportunity', 'opportunity.id', 'requirement.opportunity_id')
      .selectAll('requirement')
      .select(['opportunity.number', 'opportunity.title_ko', 'opportunity.title_en'])
      .where('opportunity.organisation_id', '=', organisationId)
      .where('opportunity.status', 'in', ['draft', 'submitted', 'published', 'closed'])
      .orderBy((eb) => eb.case().when('opportunity.status', '=', 'published').then(0).else(1).end())
      .orderBy('opportunity.updated_at', 'desc')
      .orderBy('requirement.position')
      .execute(),
    nameBook(ctx),
  ]);
  return rows.map((row) => ({
    opportunity: {
      id: row.opportunity_id,
      number: row.number,
      title: { ko: row.title_ko, en: row.title_en },
    },
    line: presentRequirement(row, book),
  }));
}

/** Companies invited to a notice, with the reason kept; `name` is null while it is kept back from the lead. */
export async function invitationsOf(ctx: Context, opportunityId: string) {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || !isUuid(opportunityId)) return [];
  const rows = await ctx.db
    .selectFrom('opportunity_invitation')
    .innerJoin('opportunity', 'opportunity.id', 'opportunity_invitation.opportunity_id')
    .innerJoin('organisation', 'organisation.id', 'opportunity_invitation.organisation_id')
    .leftJoin('company', 'company.organisation_id', 'organisation.id')
    .select([
      'organisation.id',
      'company.pseudonymous',
      'organisation.name_ko as ko',
      'organisation.name_en as en',
      'opportunity_invitation.reason',
      'opportunity_invitation.created_at',
    ])
    .where('opportunity.id', '=', opportunityId)
    .where('opportunity.organisation_id', '=', organisationId)
    .orderBy('opportunity_invitation.created_at', 'desc')
    .orderBy('opportunity_invitation.organisation_id')
    .execute();
  const kept = rows.filter((row) => row.pseudonymous === true).map((row) => row.id);
  const told = new Set((await companyCards(ctx, kept)).filter(({ masked }) => !masked).map(({ id }) => id));
  return rows.map((row) => ({
    id: row.id,
    name: row.pseudonymous === true && !told.has(row.id) ? null : { ko: row.ko, en: row.en },
    reason: row.reason,
    at: row.created_at.toISOString(),
  }));
}

/** A notice of the lead acted for, for its own pages; null when it is not its own. */
export async function ownOpportunity(ctx: Context, id: string): Promise<OpportunityView | null> {
  const organisationId = organisationOf(ctx.actor);
  const view = organisationId === null ? null : await opportunityForViewer(ctx, id);
  return view?.publisher.id === organisationId ? view : null;
}

/** What pages about the companies for a notice need of it. */
export type OwnNotice = Pick<OpportunityView, 'id' | 'number' | 'title' | 'requirements' | 'teamMax'>;

/** A notice of the lead acted for, as far as that; null when it is not its own. */
export async function ownNotice(ctx: Context, id: string): Promise<OwnNotice | null> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || !isUuid(id)) return null;
  const [row, requirements, book] = await Promise.all([
    ctx.db
      .selectFrom('opportunity')
      .select(['id', 'number', 'title_ko', 'title_en', 'team_max'])
      .where('id', '=', id)
      .where('organisation_id', '=', organisationId)
      .executeTakeFirst(),
    requirementsOf(ctx.db, id),
    nameBook(ctx),
  ]);
  if (row === undefined) return null;
  return {
    id: row.id,
    number: row.number,
    title: { ko: row.title_ko, en: row.title_en },
    requirements: requirements.map((line) => presentRequirement(line, book)),
    teamMax: row.team_max,
  };
}
