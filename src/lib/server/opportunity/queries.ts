import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { isMember } from '#lib/domain/account/policy.ts';
import { keptView } from '#lib/domain/opportunity/kept.ts';
import type { OpportunityCard, OpportunityView } from '#lib/domain/opportunity/view.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { eligibilityOf } from '#lib/server/opportunity/eligibility.ts';
import { nameBook } from '#lib/server/opportunity/name-queries.ts';
import {
  iso,
  names,
  presentCard,
  presentRequirement,
  type CardRow,
} from '#lib/server/opportunity/present.ts';
import { requirementsOf } from '#lib/server/opportunity/repository.ts';
import { namedTo, visibleTo } from '#lib/server/opportunity/visible.ts';

type Where = (eb: ExpressionBuilder<Database, 'opportunity'>) => Expression<SqlBool>;

/** The opportunities the actor may know of, as card rows; callers add conditions and order. */
function cards(ctx: Context) {
  return ctx.db
    .selectFrom('opportunity')
    .innerJoin('country', 'country.iso2', 'opportunity.country')
    .leftJoin('project', 'project.id', 'opportunity.project_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('requirement')
          .whereRef('requirement.opportunity_id', '=', 'opportunity.id')
          .where('requirement.kind', '=', 'capability')
          .where('requirement.amount', 'is not', null)
          .orderBy('requirement.position')
          .limit(1)
          .select(['requirement.amount', 'requirement.unit'])
          .as('asked'),
      (join) => join.onTrue(),
    )
    .where((eb) => visibleTo(ctx.actor, koreanDay(ctx.now()))(eb))
    .select([
      'opportunity.id',
      'opportunity.number',
      'opportunity.type',
      'opportunity.status',
      'opportunity.visibility',
      'opportunity.title_ko',
      'opportunity.title_en',
      'opportunity.place',
      'opportunity.country',
      'country.name_ko as country_ko',
      'country.name_en as country_en',
      'opportunity.project_id',
      'project.name_ko as project_ko',
      'project.name_en as project_en',
      'project.phase as project_phase',
      'opportunity.minerals',
      'asked.amount',
      'asked.unit',
      'opportunity.opens',
      'opportunity.deadline',
      'opportunity.deadline_zone',
      'opportunity.published_at',
      'opportunity.updated_at',
      'opportunity.demo',
      'opportunity.pseudonymous',
    ])
    .select((eb) => sql<boolean>`${namedTo(ctx.actor)(eb)}`.as('named'));
}

async function present(ctx: Context, rows: CardRow[]): Promise<OpportunityCard[]> {
  if (rows.length === 0) return [];
  const book = await nameBook(ctx);
  return rows.map((row) => presentCard(row, book, ctx.now()));
}

/** Takes interest now: published, begun, deadline not over. */
export function openAt(now: Date): Where {
  return (eb) =>
    eb.and([
      eb('opportunity.status', '=', 'published'),
      eb.or([eb('opportunity.deadline', 'is', null), eb('opportunity.deadline', '>', now)]),
      eb.or([eb('opportunity.opens', 'is', null), eb('opportunity.opens', '<=', koreanDay(now))]),
    ]);
}

/** Does the notice exist for this actor? Also inside a transaction. */
export async function isVisible(
  at: { db: Context['db']; actor: Context['actor']; now: Date },
  id: string,
): Promise<boolean> {
  if (!isUuid(id)) return false;
  const row = await at.db
    .selectFrom('opportunity')
    .select('id')
    .where('id', '=', id)
    .where(visibleTo(at.actor, koreanDay(at.now)))
    .executeTakeFirst();
  return row !== undefined;
}

/** Cards in the order of the ids; ids the actor may not see are left out. */
export async function opportunityCards(ctx: Context, ids: readonly string[]): Promise<OpportunityCard[]> {
  const wanted = ids.filter(isUuid);
  if (wanted.length === 0) return [];
  const found = await present(ctx, await cards(ctx).where('opportunity.id', 'in', wanted).execute());
  const byId = new Map(found.map((card) => [card.id, card]));
  return wanted.flatMap((id) => byId.get(id) ?? []);
}

/** Open notices whose deadline comes next. */
export async function closingSoonest(ctx: Context, limit: number): Promise<OpportunityCard[]> {
  const rows = await cards(ctx)
    .where(openAt(ctx.now()))
    .where('opportunity.deadline', 'is not', null)
    .orderBy('opportunity.deadline')
    .limit(limit)
    .execute();
  return await present(ctx, rows);
}

/** Notices of a project that say so, open ones first by deadline, then the closed ones, newest first. */
export async function opportunitiesOfProject(ctx: Context, projectId: string): Promise<OpportunityCard[]> {
  return await listed(ctx, (eb) =>
    eb.and([eb('opportunity.project_id', '=', projectId), namedTo(ctx.actor)(eb)]),
  );
}

/** Notices in a country, in the same order. */
export async function opportunitiesOfCountry(ctx: Context, iso2: string): Promise<OpportunityCard[]> {
  return await listed(ctx, (eb) => eb('opportunity.country', '=', iso2));
}

/** Notices about a mineral, in the same order. */
export async function opportunitiesOfMineral(ctx: Context, mineralId: string): Promise<OpportunityCard[]> {
  return await listed(ctx, () => sql<SqlBool>`${mineralId} = any(opportunity.minerals)`);
}

async function listed(ctx: Context, where: Where): Promise<OpportunityCard[]> {
  const rows = await cards(ctx)
    .where(where)
    .where('opportunity.status', 'in', ['published', 'closed'])
    .orderBy((eb) => eb.case().when(openAt(ctx.now())(eb)).then(0).else(1).end())
    .orderBy(
      (eb) =>
        eb.case().when('opportunity.status', '=', 'published').then(eb.ref('opportunity.deadline')).end(),
      (o) => o.asc().nullsLast(),
    )
    .orderBy('opportunity.published_at', 'desc')
    .orderBy('opportunity.id', 'desc')
    .limit(50)
    .execute();
  return await present(ctx, rows);
}

/** How many notices the actor may see: open now, and in all. */
export async function opportunityCounts(ctx: Context): Promise<{ open: number; all: number }> {
  const row = await ctx.db
    .selectFrom('opportunity')
    .where(visibleTo(ctx.actor, koreanDay(ctx.now())))
    .where('opportunity.status', 'in', ['published', 'closed'])
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.countAll<number>().filterWhere(openAt(ctx.now())).as('open'),
    ])
    .executeTakeFirstOrThrow();
  return { open: row.open, all: row.all };
}

/** Open notices by mineral id, for the home page's list of minerals. */
export async function openCountsByMineral(ctx: Context): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('opportunity')
    .where(visibleTo(ctx.actor, koreanDay(ctx.now())))
    .where(openAt(ctx.now()))
    .select([
      sql<string>`unnest(opportunity.minerals)`.as('mineral'),
      (eb) => eb.fn.countAll<number>().as('n'),
    ])
    .groupBy(sql`1`)
    .execute();
  return new Map(rows.map((row) => [row.mineral, row.n]));
}

/** Everything the page of a notice says, or null when it does not exist for this actor. */
export async function opportunityForViewer(ctx: Context, id: string): Promise<OpportunityView | null> {
  if (!isUuid(id)) return null;
  const row = await cards(ctx)
    .leftJoin('organisation', 'organisation.id', 'opportunity.organisation_id')
    .select([
      'opportunity.summary_ko',
      'opportunity.summary_en',
      'opportunity.organisation_id',
      'opportunity.publisher',
      'opportunity.finance',
      'opportunity.requires_vetted',
      'opportunity.team_max',
      'opportunity.estimated_value_usd',
      'opportunity.eligible_framework',
      'opportunity.eligible_countries',
      'opportunity.eligible_on',
      'opportunity.closed_at',
      'opportunity.submitted_at',
      'opportunity.returned_note',
      'opportunity.saved_steps',
      'organisation.name_ko as publisher_ko',
      'organisation.name_en as publisher_en',
      'organisation.standing as publisher_standing',
      'organisation.vetted_until as publisher_until',
      'project.operator',
      'project.korean_participants',
      'project.korean_participants_ko',
      'project.msp_status',
      'project.summary_ko as project_summary_ko',
      'project.summary_en as project_summary_en',
      'project.source',
      'project.confidence',
      'project.as_of',
    ])
    .where('opportunity.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const own = isMember(ctx.actor) && ctx.actor.organisationId === row.organisation_id;
  const mayKnow = own || ctx.actor.kind === 'official' || ctx.actor.kind === 'system';
  const [book, requirements, addenda, finance, interests] = await Promise.all([
    nameBook(ctx),
    requirementsOf(ctx.db, id),
    ctx.db
      .selectFrom('addendum')
      .selectAll()
      .where('opportunity_id', '=', id)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    financeNames(ctx, row.finance),
    interestCount(ctx, id),
  ]);
  const { operator, source, confidence, as_of: asOf } = row;
  const view: OpportunityView = {
    ...presentCard(row, book, ctx.now()),
    summary: names(row.summary_ko, row.summary_en),
    publisher: {
      id: row.organisation_id,
      name:
        row.organisation_id === null
          ? names(row.publisher, row.publisher)
          : names(row.publisher_ko, row.publisher_en),
      standing: row.publisher_standing,
      vettedUntil: row.publisher_until,
    },
    requirements: requirements.map((line) => presentRequirement(line, book)),
    addenda: addenda.map((one) => ({
      id: one.id,
      text: names(one.text_ko, one.text_en),
      at: one.created_at.toISOString(),
      deadlineBefore: iso(one.deadline_before),
      deadlineAfter: iso(one.deadline_after),
    })),
    finance,
    sourcedProject:
      row.project_id === null ||
      row.project_phase === null ||
      source === null ||
      confidence === null ||
      asOf === null
        ? null
        : {
            id: row.project_id,
            ...names(row.project_ko, row.project_en),
            phase: row.project_phase,
            operator: operator ?? '',
            koreanParticipants: row.korean_participants ?? [],
            koreanParticipantsKo: row.korean_participants_ko ?? [],
            mspStatus: row.msp_status ?? 'no',
            summary: names(row.project_summary_ko, row.project_summary_en),
            source,
            confidence,
            asOf,
          },
    requiresVetted: row.requires_vetted,
    teamMax: row.team_max,
    estimatedValueUsd: row.estimated_value_usd,
    eligibility: await eligibilityOf(ctx.db, row, book, ctx.now()),
    closedAt: iso(row.closed_at),
    submittedAt: iso(row.submitted_at),
    returnedNote: mayKnow ? row.returned_note : '',
    savedSteps: mayKnow ? row.saved_steps : {},
    interests: mayKnow || interests >= 3 ? interests : null,
  };
  return row.named ? view : keptView(view);
}

async function financeNames(ctx: Context, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('framework')
    .select(['id', 'name_ko', 'name_en'])
    .where('id', 'in', ids)
    .execute();
  const known = new Map(rows.map((row) => [row.id, names(row.name_ko, row.name_en)]));
  return ids.map((id) => ({ id, name: known.get(id) ?? null }));
}

async function interestCount(ctx: Context, opportunityId: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('interest')
    .where('opportunity_id', '=', opportunityId)
    .where('status', '<>', 'withdrawn')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Of external ids (of any source), those of notices that keep their names back from the actor, with the notice's id. */
export async function namesKeptAmong(
  ctx: Context,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await ctx.db
    .selectFrom('opportunity')
    .select(['external_id', 'id'])
    .where('external_id', 'in', [...externalIds])
    .where((eb) => eb.not(namedTo(ctx.actor)(eb)))
    .execute();
  return new Map(rows.map((row) => [row.external_id, row.id]));
}
