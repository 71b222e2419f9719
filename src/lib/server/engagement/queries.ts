import type { ExpressionBuilder } from 'kysely';
import type { InterestStatus } from '#lib/domain/engagement/interest.ts';
import {
  actionsOf,
  contactsShared,
  WAITING_STATUSES,
  type ActingSide,
} from '#lib/domain/engagement/status.ts';
import type { CompanyTag, InboxLine, InterestCard, InterestView } from '#lib/domain/engagement/view.ts';
import { bothNamed, isNamed, revealBar, revealView, type Party } from '#lib/domain/engagement/reveal.ts';
import { wideProvince } from '#lib/domain/company/kept.ts';
import type { InterestTeam } from '#lib/domain/engagement/team-view.ts';
import type { CompanyCard } from '#lib/domain/company/view.ts';
import { organisationOf } from '#lib/domain/account/actor.ts';
import { isMember } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import { teamOfInterest } from '#lib/server/engagement/interest-team-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { evidenceOf } from '#lib/server/engagement/evidence-queries.ts';
import { partiesOf } from '#lib/server/engagement/repository.ts';

/** An expression that speaks for an organisation: its own, or that of a team it stands in. */
function speaksFor(organisationId: string) {
  return (eb: ExpressionBuilder<Database, 'interest'>) =>
    eb.or([
      eb('interest.organisation_id', '=', organisationId),
      eb.exists(
        eb
          .selectFrom('team_member')
          .select('team_member.team_id')
          .whereRef('team_member.team_id', '=', 'interest.team_id')
          .where('team_member.organisation_id', '=', organisationId)
          .where('team_member.state', 'in', ['accepted', 'ended']),
      ),
    ]);
}

/** The expressions of the company acted for, alone or in a team, the last changed first. */
export async function interestsOfCompany(ctx: Context, limit = 200): Promise<InterestCard[]> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return [];
  const rows = await ctx.db
    .selectFrom('interest')
    .select(['id', 'opportunity_id', 'status', 'created_at', 'updated_at', 'team_id'])
    .where(speaksFor(organisationId))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const cards = await opportunityCards(
    ctx,
    rows.map((row) => row.opportunity_id),
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  return rows.flatMap((row) => {
    const opportunity = byId.get(row.opportunity_id);
    if (opportunity === undefined) return [];
    return {
      id: row.id,
      status: row.status,
      sentAt: row.created_at.toISOString(),
      changedAt: row.updated_at.toISOString(),
      team: row.team_id !== null,
      opportunity,
    };
  });
}

/** How many expressions of the company acted for stand in each state. */
export async function interestCountsOfCompany(ctx: Context): Promise<Record<InterestStatus, number>> {
  const counts = { sent: 0, opened: 0, shortlisted: 0, accepted: 0, declined: 0, withdrawn: 0 };
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return counts;
  const rows = await ctx.db
    .selectFrom('interest')
    .select(['status', (eb) => eb.fn.countAll<number>().as('n')])
    .where(speaksFor(organisationId))
    .groupBy('status')
    .execute();
  for (const row of rows) counts[row.status] = row.n;
  return counts;
}

export interface OwnInterest {
  id: string;
  status: InterestStatus;
  sentAt: string;
}

/** The expression the organisation acted for has sent for a notice; null when none. */
export async function ownInterestIn(ctx: Context, opportunityId: string): Promise<OwnInterest | null> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || !isUuid(opportunityId)) return null;
  const row = await ctx.db
    .selectFrom('interest')
    .select(['id', 'status', 'created_at'])
    .where(speaksFor(organisationId))
    .where('opportunity_id', '=', opportunityId)
    .orderBy((eb) => eb('organisation_id', '=', organisationId), 'desc')
    .orderBy((eb) => eb('status', '=', 'withdrawn'))
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, status: row.status, sentAt: row.created_at.toISOString() };
}

export interface InboxCount {
  opportunityId: string;
  /** waiting for an answer; suspended companies are not counted */
  waiting: number;
  /** of those, not yet opened */
  unopened: number;
  accepted: number;
  all: number;
  /** when the longest waiting one was sent */
  oldest: string | null;
}

/** Counts of expressions for each notice of the lead acted for. */
export async function inboxCounts(ctx: Context): Promise<InboxCount[]> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return [];
  const rows = await ctx.db
    .selectFrom('interest')
    .innerJoin('opportunity', 'opportunity.id', 'interest.opportunity_id')
    .innerJoin('organisation as company', 'company.id', 'interest.organisation_id')
    .where('opportunity.organisation_id', '=', organisationId)
    .groupBy('interest.opportunity_id')
    .select((eb) => {
      const waiting = eb.and([
        eb('interest.status', 'in', WAITING_STATUSES),
        eb('company.standing', '<>', 'suspended'),
      ]);
      return [
        'interest.opportunity_id as opportunityId',
        eb.fn.countAll<number>().filterWhere(waiting).as('waiting'),
        eb.fn
          .countAll<number>()
          .filterWhere(eb.and([waiting, eb('interest.status', '=', 'sent')]))
          .as('unopened'),
        eb.fn.countAll<number>().filterWhere('interest.status', '=', 'accepted').as('accepted'),
        eb.fn.countAll<number>().as('all'),
        eb.fn.min('interest.created_at').filterWhere(waiting).as('oldest'),
      ];
    })
    .execute();
  return rows.map((row) => ({
    ...row,
    oldest: row.oldest === null ? null : new Date(row.oldest).toISOString(),
  }));
}

const COMPANY_COLUMNS = [
  'organisation.id as company_id',
  'organisation.name_ko as company_ko',
  'organisation.name_en as company_en',
  'organisation.standing',
  'organisation.vetted_until',
  'organisation.demo',
  'company.size',
  'company.province',
] as const;

/** A company as the lead may know it: named by this expression, or already known by another. */
interface Known {
  named: boolean;
  card: CompanyCard | undefined;
}

interface CompanyColumns {
  company_id: string;
  company_ko: string;
  company_en: string;
  standing: CompanyTag['standing'];
  vetted_until: string | null;
  demo: boolean;
  size: CompanyTag['size'];
  province: string | null;
}

function companyTag(row: CompanyColumns, { named, card }: Known): CompanyTag {
  const masked = !named && card?.masked !== false;
  return {
    id: row.company_id,
    masked,
    profile: card !== undefined,
    name: masked ? { ko: '', en: '' } : { ko: row.company_ko, en: row.company_en },
    size: row.size,
    province: masked ? wideProvince(row.province ?? '') : (row.province ?? ''),
    standing: row.standing,
    vettedUntil: masked ? null : row.vetted_until,
    demo: row.demo,
  };
}

/** Which lines of an inbox: those that can be worked on, or all but suspended companies'. */
export type InboxFilter = 'waiting' | 'all';

/**
 * The inbox of one notice in the order of arrival, so that going through it never jumps. Expressions of suspended
 * companies leave it; their own page stays (DOMAIN 2.2, 28). Null when the notice is not the actor's.
 */
export async function inboxOf(
  ctx: Context,
  opportunityId: string,
  filter: InboxFilter = 'all',
): Promise<InboxLine[] | null> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || !isUuid(opportunityId)) return null;
  const own = await ctx.db
    .selectFrom('opportunity')
    .select('id')
    .where('id', '=', opportunityId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  if (own === undefined) return null;
  const rows = await ctx.db
    .selectFrom('interest')
    .innerJoin('organisation', 'organisation.id', 'interest.organisation_id')
    .leftJoin('company', 'company.organisation_id', 'organisation.id')
    .select([
      'interest.id',
      'interest.status',
      'interest.created_at',
      'interest.updated_at',
      ...COMPANY_COLUMNS,
    ])
    .leftJoin('interest_party as party', (join) =>
      join
        .onRef('party.interest_id', '=', 'interest.id')
        .onRef('party.company_id', '=', 'interest.organisation_id'),
    )
    .select('party.company_named')
    .select((eb) =>
      eb
        .selectFrom('team_member')
        .select((count) => count.fn.countAll<number>().as('n'))
        .whereRef('team_member.team_id', '=', 'interest.team_id')
        .where('team_member.state', 'in', ['accepted', 'ended'])
        .as('members'),
    )
    .where('interest.opportunity_id', '=', opportunityId)
    .where('organisation.standing', '<>', 'suspended')
    .$if(filter === 'waiting', (query) => query.where('interest.status', 'in', WAITING_STATUSES))
    .orderBy('interest.created_at')
    .orderBy('interest.id')
    .execute();
  const cards = await companyCards(ctx, [...new Set(rows.map((row) => row.company_id))]);
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    sentAt: row.created_at.toISOString(),
    changedAt: row.updated_at.toISOString(),
    partners: Math.max(0, (row.members ?? 0) - 1),
    company: companyTag(row, { named: row.company_named === true, card: cardOf.get(row.company_id) }),
  }));
}

/** How often each reason was given when declining, for the notice's publisher (DOMAIN 2.2, 68). */
export async function declineReasons(
  ctx: Context,
  opportunityId: string,
): Promise<{ reason: string; n: number }[]> {
  return await ctx.db
    .selectFrom('interest')
    .innerJoin('opportunity', 'opportunity.id', 'interest.opportunity_id')
    .where('opportunity_id', '=', opportunityId)
    .where('opportunity.organisation_id', '=', organisationOf(ctx.actor))
    .where('decline_reason', 'is not', null)
    .select(['decline_reason as reason', (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy('decline_reason')
    .orderBy('n', 'desc')
    .$narrowType<{ reason: string }>()
    .execute();
}

/** An expression for the company that sent it. */
export async function interestForCompany(ctx: Context, id: string): Promise<InterestView | null> {
  return await interestFor(ctx, id, 'company');
}

/** An expression for the lead whose notice it is about; suspended companies' too. */
export async function interestForLead(
  ctx: Context,
  opportunityId: string,
  id: string,
): Promise<InterestView | null> {
  const view = await interestFor(ctx, id, 'lead');
  return view?.opportunity.id === opportunityId ? view : null;
}

async function interestFor(ctx: Context, id: string, side: ActingSide): Promise<InterestView | null> {
  if (!isUuid(id) || !isMember(ctx.actor)) return null;
  const own = ctx.actor.organisationId;
  const row = await ctx.db
    .selectFrom('interest')
    .innerJoin('opportunity', 'opportunity.id', 'interest.opportunity_id')
    .innerJoin('organisation', 'organisation.id', 'interest.organisation_id')
    .leftJoin('company', 'company.organisation_id', 'organisation.id')
    .leftJoin('organisation as lead', 'lead.id', 'opportunity.organisation_id')
    .selectAll('interest')
    .select([
      ...COMPANY_COLUMNS,
      'opportunity.publisher',
      'opportunity.pseudonymous as lead_keeps',
      'lead.name_ko as lead_ko',
      'lead.name_en as lead_en',
      'lead.standing as lead_standing',
    ])
    .where('interest.id', '=', id)
    .$if(side === 'lead', (query) => query.where('opportunity.organisation_id', '=', own))
    .$if(side === 'company', (query) => query.where(speaksFor(own)))
    .executeTakeFirst();
  if (row === undefined) return null;
  const speaks = side === 'lead' || row.organisation_id === own;
  const parties = await partiesOf(ctx.db, row.id);
  // What was agreed on the invitation counts as well; to a company, what was agreed with it.
  const leadAgreed =
    side === 'company'
      ? parties.some((one) => one.company_id === own && one.lead_agreed)
      : row.lead_reveals_at !== null || (parties.length > 0 && parties.every((one) => one.lead_agreed));
  const lead: Party = { keeps: row.lead_keeps, agreed: leadAgreed };
  const party = (of: string): Party => {
    const found = parties.find((one) => one.company_id === of);
    return { keeps: found?.company_keeps ?? false, agreed: found?.company_agreed ?? false };
  };
  const [card] = await companyCards(ctx, [row.organisation_id]);
  const company =
    side === 'company'
      ? companyTag(row, { named: true, card })
      : companyTag(row, { named: isNamed(party(row.organisation_id), lead), card });
  const [cards, events, evidence, team] = await Promise.all([
    opportunityCards(ctx, [row.opportunity_id]),
    ctx.db.selectFrom('interest_event').selectAll().where('interest_id', '=', id).orderBy('id').execute(),
    // of a team, each shows its own; see `teamOfInterest`
    row.team_id === null ? evidenceOf(ctx, row.organisation_id, row.evidence, company.masked) : [],
    teamOfInterest(ctx, row, lead, parties, side),
  ]);
  const [opportunity] = cards;
  if (opportunity === undefined) return null;
  const suspended = row.standing === 'suspended';
  const self = side === 'lead' ? lead : party(own);
  const others = side === 'lead' ? parties.map(({ company_id: of }) => party(of)) : [lead];
  // of a team the lead reads each member's own contact; see `teamOfInterest`
  const met = side === 'lead' ? bothNamed(party(row.organisation_id), lead) : bothNamed(self, lead);
  const shared = met && contactsShared(row.status);
  const mayAct = ctx.actor.role !== 'viewer';
  const bar = revealBar(side, {
    own: ctx.actor.standing,
    company: row.standing,
    lead: row.lead_standing,
  });
  return {
    id: row.id,
    status: row.status,
    message: row.message,
    lang: row.lang,
    termsVersion: row.terms_version,
    profileVersion: row.profile_version,
    sentAt: row.created_at.toISOString(),
    evidence,
    decline: row.decline_reason === null ? null : { reason: row.decline_reason, note: row.decline_note },
    team,
    timeline: events.map(({ kind, by_side: by, at, note }) => ({
      kind,
      by,
      at: at.toISOString(),
      note,
      about: aboutOf(team, note),
    })),
    company,
    suspended,
    opportunity,
    publisher: opportunity.named
      ? { ko: row.lead_ko ?? row.publisher, en: row.lead_en ?? row.publisher }
      : { ko: '', en: '' },
    reveal: revealView(self, others, { status: row.status, suspended: bar !== null, mayAct }),
    companyContact: shared ? { name: row.contact_name, email: row.contact_email } : null,
    leadContact: shared ? { name: row.lead_contact_name, email: row.lead_contact_email } : null,
    actions: mayAct && speaks ? actionsOf({ status: row.status, suspended }, side) : [],
  };
}

/** The company of a team that an event is about; null where there is none, or its name is kept back. */
function aboutOf(team: InterestTeam | null, id: string): Names | null {
  const member = team?.members.find((one) => one.id === id);
  return member === undefined || member.masked ? null : member.name;
}
