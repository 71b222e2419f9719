import { sql } from 'kysely';
import { isMember, isOfficial } from '#lib/domain/account/policy.ts';
import { checklistFor } from '#lib/domain/vetting/checklist.ts';
import { calendarOf, readClock, type CalendarDay, type ClockReading } from '#lib/domain/vetting/clock.ts';
import type { CaseKind, CaseStatus } from '#lib/domain/vetting/vetting.ts';
import type { Context } from '#lib/server/platform/context.ts';

export const QUEUE_VIEWS = ['open', 'mine', 'unassigned', 'waiting', 'to-confirm', 'ended'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];
export const QUEUE_PAGE = 20;

export interface QueueRow {
  id: string;
  number: string;
  kind: CaseKind;
  status: CaseStatus;
  nameKo: string;
  nameEn: string;
  supplier: boolean;
  lead: boolean;
  submittedAt: Date;
  dueAt: Date;
  assignee: string | null;
  clock: ClockReading;
  demo: boolean;
}

function queueBase(ctx: Context) {
  return ctx.db
    .selectFrom('vetting_case as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .leftJoin('account as a', 'a.id', 'c.assigned_to');
}

function inView(ctx: Context, view: QueueView) {
  const account = isOfficial(ctx.actor) ? ctx.actor.accountId : null;
  const base = queueBase(ctx);
  switch (view) {
    case 'open':
      return base.where('c.status', 'not in', ['decided', 'withdrawn']);
    case 'mine':
      return base.where('c.status', 'not in', ['decided', 'withdrawn']).where('c.assigned_to', '=', account);
    case 'unassigned':
      return base.where('c.status', 'not in', ['decided', 'withdrawn']).where('c.assigned_to', 'is', null);
    case 'waiting':
      return base.where('c.status', '=', 'waiting');
    case 'to-confirm':
      // What this official proposed is for a colleague to confirm.
      return base
        .where('c.status', '=', 'proposed')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('vetting_decision as d')
                .select('d.id')
                .whereRef('d.case_id', '=', 'c.id')
                .where('d.confirmed_at', 'is', null)
                .where('d.returned_at', 'is', null)
                .where('d.proposed_by', '=', account),
            ),
          ),
        );
    case 'ended':
      return base.where('c.status', 'in', ['decided', 'withdrawn']);
  }
}

/** One page of the queue: open cases by due date (most overdue first), ended ones newest first. */
export async function queue(
  ctx: Context,
  view: QueueView,
  page: number,
): Promise<{ total: number; rows: QueueRow[] }> {
  if (!isOfficial(ctx.actor)) return { total: 0, rows: [] };
  const scoped = inView(ctx, view);
  const { total } = await scoped.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
  const selected = scoped.select([
    'c.id',
    'c.number',
    'c.kind',
    'c.status',
    'c.submitted_at',
    'c.due_at',
    'c.allowed_days',
    'c.paused_since',
    'o.name_ko',
    'o.name_en',
    'o.supplier',
    'o.lead',
    'o.demo',
    'a.name as assignee',
  ]);
  const ordered =
    view === 'ended'
      ? selected.orderBy('c.updated_at', 'desc').orderBy('c.id')
      : selected.orderBy('c.due_at').orderBy('c.id');
  const rows = await ordered
    .limit(QUEUE_PAGE)
    .offset((page - 1) * QUEUE_PAGE)
    .execute();
  const now = ctx.now();
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      number: row.number,
      kind: row.kind,
      status: row.status,
      nameKo: row.name_ko,
      nameEn: row.name_en,
      supplier: row.supplier,
      lead: row.lead,
      submittedAt: row.submitted_at,
      dueAt: row.due_at,
      assignee: row.assignee,
      clock: readClock(
        { allowedDays: row.allowed_days, dueAt: row.due_at, pausedSince: row.paused_since },
        now,
      ),
      demo: row.demo,
    })),
  };
}

/** How many cases each view of the queue holds. */
export async function queueCounts(ctx: Context): Promise<Record<QueueView, number>> {
  const counts = await Promise.all(
    QUEUE_VIEWS.map(async (view) => {
      if (!isOfficial(ctx.actor)) return [view, 0] as const;
      const { n } = await inView(ctx, view)
        .select(sql<number>`count(*)`.as('n'))
        .executeTakeFirstOrThrow();
      return [view, n] as const;
    }),
  );
  return Object.fromEntries(counts) as Record<QueueView, number>;
}

/** Everything needed for a finding, on one screen; null when there is no such case or the actor is no official. */
export async function caseDetail(ctx: Context, caseId: string) {
  if (!isOfficial(ctx.actor)) return null;
  const found = await queueBase(ctx)
    .select([
      'c.id',
      'c.number',
      'c.kind',
      'c.status',
      'c.snapshot',
      'c.previous_snapshot',
      'c.snapshot_version',
      'c.rules_version',
      'c.submitted_at',
      'c.due_at',
      'c.allowed_days',
      'c.paused_since',
      'c.paused_seconds',
      'c.decided_at',
      'c.assigned_to',
      'a.name as assignee',
      'o.id as organisation_id',
      'o.name_ko',
      'o.name_en',
      'o.supplier',
      'o.lead',
      'o.standing',
      'o.screened',
      'o.vetted_until',
      'o.country',
      'o.brn',
      'o.demo',
    ])
    .where('c.id', '=', caseId)
    .executeTakeFirst();
  if (!found) return null;
  const [items, requests, decisions, events, conflict, version] = await Promise.all([
    ctx.db
      .selectFrom('vetting_item as i')
      .leftJoin('account as a', 'a.id', 'i.found_by')
      .select(['i.item', 'i.finding', 'i.note', 'i.found_at', 'a.name as found_by'])
      .where('i.case_id', '=', caseId)
      .execute(),
    requestsOf(ctx, caseId),
    ctx.db
      .selectFrom('vetting_decision as d')
      .innerJoin('account as p', 'p.id', 'd.proposed_by')
      .leftJoin('account as c', 'c.id', 'd.confirmed_by')
      .leftJoin('account as r', 'r.id', 'd.returned_by')
      .select([
        'd.id',
        'd.outcome',
        'd.reason_code',
        'd.reason_ko',
        'd.reason_en',
        'd.internal_note',
        'd.valid_to',
        'd.proposed_by as proposed_by_id',
        'd.proposed_at',
        'd.confirmed_at',
        'd.returned_at',
        'd.return_note',
        'p.name as proposed_by',
        'c.name as confirmed_by',
        'r.name as returned_by',
      ])
      .where('d.case_id', '=', caseId)
      .orderBy('d.proposed_at', 'desc')
      .orderBy('d.id', 'desc')
      .execute(),
    eventsOf(ctx, caseId),
    ctx.db
      .selectFrom('membership')
      .select('role')
      .where('account_id', '=', ctx.actor.accountId)
      .where('organisation_id', '=', found.organisation_id)
      .executeTakeFirst(),
    ctx.db
      .selectFrom('company')
      .select('version')
      .where('organisation_id', '=', found.organisation_id)
      .executeTakeFirst(),
  ]);
  return {
    ...found,
    items: inOrder(found, items),
    requests,
    // Who belongs to the organisation sees what the organisation sees: decisions, without what is noted inside.
    decisions: conflict ? decisions.filter(isConfirmed).map(withoutNote) : decisions,
    events,
    conflictOfInterest: conflict !== undefined,
    changedSinceSubmission: version !== undefined && version.version > found.snapshot_version,
    ...clockOf(found, requests, ctx.now()),
  };
}

/** The items as the checklist has them. */
function inOrder<T extends { item: string }>(
  organisation: { supplier: boolean; lead: boolean },
  items: readonly T[],
): T[] {
  const order = checklistFor(organisation).map(({ id }) => id);
  return items.toSorted((a, b) => order.indexOf(a.item) - order.indexOf(b.item));
}

const isConfirmed = ({ confirmed_at }: { confirmed_at: Date | null }) => confirmed_at !== null;
const withoutNote = <T extends { internal_note: string }>(decision: T): T => ({
  ...decision,
  internal_note: '',
});

/** The clock's reading and calendar; it stood still while any information request was open. */
function clockOf(
  found: { submitted_at: Date; due_at: Date; allowed_days: number; paused_since: Date | null },
  requests: { asked_at: Date; answered_at: Date | null; withdrawn_at: Date | null }[],
  now: Date,
): { clock: ClockReading; calendar: CalendarDay[] } {
  const state = { allowedDays: found.allowed_days, dueAt: found.due_at, pausedSince: found.paused_since };
  const pauses = requests.map((request) => ({
    from: request.asked_at,
    to: request.answered_at ?? request.withdrawn_at,
  }));
  return { clock: readClock(state, now), calendar: calendarOf(found.submitted_at, state, pauses, now) };
}

async function requestsOf(ctx: Context, caseId: string) {
  const requests = await ctx.db
    .selectFrom('information_request as r')
    .leftJoin('account as a', 'a.id', 'r.answered_by')
    .select([
      'r.id',
      'r.item',
      'r.question',
      'r.asked_at',
      'r.due_at',
      'r.answer',
      'r.answered_at',
      'r.withdrawn_at',
      'a.name as answered_by',
    ])
    .where('r.case_id', '=', caseId)
    .orderBy('r.asked_at')
    .orderBy('r.id')
    .execute();
  const files = await ctx.db
    .selectFrom('information_request_file as rf')
    .innerJoin('information_request as r', 'r.id', 'rf.request_id')
    .innerJoin('file as f', 'f.id', 'rf.file_id')
    .select(['rf.request_id', 'f.id', 'f.name', 'f.size', 'f.media_type'])
    .where('r.case_id', '=', caseId)
    .execute();
  return requests.map((request) => ({
    ...request,
    files: files.filter(({ request_id }) => request_id === request.id),
  }));
}

async function eventsOf(ctx: Context, caseId: string) {
  return ctx.db
    .selectFrom('vetting_event as e')
    .leftJoin('account as a', 'a.id', 'e.by_account')
    .select(['e.id', 'e.kind', 'e.by_side', 'e.note', 'e.at', 'a.name as by'])
    .where('e.case_id', '=', caseId)
    .orderBy('e.id')
    .execute();
}

/** The officials a case can be handed to. */
export async function colleagues(ctx: Context): Promise<{ id: string; name: string; agency: string }[]> {
  if (!isOfficial(ctx.actor)) return [];
  return ctx.db
    .selectFrom('office as f')
    .innerJoin('account as a', 'a.id', 'f.account_id')
    .select(['a.id', 'a.name', 'f.agency'])
    .orderBy('a.name')
    .execute();
}

/** Earlier cases of an organisation, newest first. */
export async function casesOf(ctx: Context, organisationId: string) {
  if (!isOfficial(ctx.actor)) return [];
  return ctx.db
    .selectFrom('vetting_case')
    .select(['id', 'number', 'kind', 'status', 'submitted_at', 'decided_at'])
    .where('organisation_id', '=', organisationId)
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** What officials found on restricted lists about an organisation, latest first. */
export async function screeningsOf(ctx: Context, organisationId: string) {
  if (!isOfficial(ctx.actor)) return [];
  return ctx.db
    .selectFrom('screening as s')
    .leftJoin('account as a', 'a.id', 's.decided_by')
    .select(['s.id', 's.outcome', 's.list', 's.reason', 's.decided_at', 'a.name as by'])
    .where('s.organisation_id', '=', organisationId)
    .orderBy('s.decided_at', 'desc')
    .orderBy('s.id', 'desc')
    .execute();
}

/**
 * What an organisation sees of its own vetting: standing, the open case with its clock and open requests, and the
 * decisions with their reasons. Names of officials and internal notes stay inside.
 */
export async function ownVetting(ctx: Context) {
  if (!isMember(ctx.actor)) return null;
  const organisationId = ctx.actor.organisationId;
  const organisation = await ctx.db
    .selectFrom('organisation as o')
    .leftJoin('company as c', 'c.organisation_id', 'o.id')
    .select([
      'o.standing',
      'o.vetted_until',
      'o.vetted_at',
      'o.vetted_version',
      'o.supplier',
      'o.lead',
      'c.version',
      'c.published_at',
    ])
    .where('o.id', '=', organisationId)
    .executeTakeFirstOrThrow();
  const current = await ctx.db
    .selectFrom('vetting_case')
    .select([
      'id',
      'number',
      'kind',
      'status',
      'submitted_at',
      'due_at',
      'allowed_days',
      'paused_since',
      'decided_at',
    ])
    .where('organisation_id', '=', organisationId)
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const decisions = await ctx.db
    .selectFrom('vetting_decision as d')
    .innerJoin('vetting_case as c', 'c.id', 'd.case_id')
    .select([
      'd.outcome',
      'd.reason_code',
      'd.reason_ko',
      'd.reason_en',
      'd.valid_to',
      'd.confirmed_at',
      'c.number',
    ])
    .where('c.organisation_id', '=', organisationId)
    .where('d.confirmed_at', 'is not', null)
    .orderBy('d.confirmed_at', 'desc')
    .orderBy('d.id', 'desc')
    .execute();
  const open = current !== undefined && current.decided_at === null && current.status !== 'withdrawn';
  return {
    ...organisation,
    changedSinceVetting:
      organisation.vetted_version !== null &&
      organisation.version !== null &&
      organisation.version > organisation.vetted_version,
    case: open ? await ownCase(ctx, current) : null,
    decisions,
  };
}

/** The open case as the organisation sees it: who is assigned and what is proposed stay inside. */
async function ownCase(
  ctx: Context,
  current: {
    id: string;
    submitted_at: Date;
    due_at: Date;
    allowed_days: number;
    paused_since: Date | null;
  } & Pick<QueueRow, 'number' | 'kind' | 'status'>,
) {
  const [requests, events] = await Promise.all([requestsOf(ctx, current.id), eventsOf(ctx, current.id)]);
  const shown = ['submitted', 'opened', 'information-requested', 'answered', 'request-withdrawn'];
  return {
    id: current.id,
    number: current.number,
    kind: current.kind,
    status: current.status === 'proposed' ? ('reviewing' as const) : current.status,
    submittedAt: current.submitted_at,
    dueAt: current.due_at,
    ...clockOf(current, requests, ctx.now()),
    requests: requests
      .filter(({ withdrawn_at }) => withdrawn_at === null)
      .map(({ id, item, question, due_at, answered_at }) => ({
        id,
        item,
        question,
        dueAt: due_at,
        answeredAt: answered_at,
      })),
    events: events.filter(({ kind }) => shown.includes(kind)).map(({ id, kind, at }) => ({ id, kind, at })),
  };
}
export type OwnVetting = NonNullable<Awaited<ReturnType<typeof ownVetting>>>;

/** One information request of the organisation acted for; null when it is not theirs. */
export async function ownRequest(ctx: Context, requestId: string) {
  if (!isMember(ctx.actor)) return null;
  const request = await ctx.db
    .selectFrom('information_request as r')
    .innerJoin('vetting_case as c', 'c.id', 'r.case_id')
    .select([
      'r.id',
      'r.item',
      'r.question',
      'r.asked_at',
      'r.due_at',
      'r.answer',
      'r.answered_at',
      'r.case_id',
      'c.number',
      'c.status',
    ])
    .where('r.id', '=', requestId)
    .where('c.organisation_id', '=', ctx.actor.organisationId)
    .where('r.withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (!request) return null;
  const all = await requestsOf(ctx, request.case_id);
  return { ...request, files: all.find(({ id }) => id === requestId)?.files ?? [] };
}

/** Open information requests of the organisation acted for, soonest first (home: "needs you now"). */
export async function openRequestsOfOrganisation(ctx: Context) {
  if (!isMember(ctx.actor)) return [];
  return ctx.db
    .selectFrom('information_request as r')
    .innerJoin('vetting_case as c', 'c.id', 'r.case_id')
    .select(['r.id', 'r.item', 'r.question', 'r.due_at', 'c.number'])
    .where('c.organisation_id', '=', ctx.actor.organisationId)
    .where('r.answered_at', 'is', null)
    .where('r.withdrawn_at', 'is', null)
    .orderBy('r.due_at')
    .orderBy('r.id')
    .execute();
}

/** Median working days from submission to decision over the last year; null below three decisions. */
export async function medianDaysToDecide(ctx: Context): Promise<{ days: number; cases: number } | null> {
  const row = await ctx.db
    .selectFrom('vetting_case')
    .select([
      sql<number>`count(*)`.as('cases'),
      sql<number | null>`percentile_cont(0.5) within group (order by
        extract(epoch from decided_at - submitted_at) - paused_seconds) / 86400`.as('days'),
    ])
    .where('status', '=', 'decided')
    .where('decided_at', '>', sql<Date>`${ctx.now()}::timestamptz - interval '1 year'`)
    .executeTakeFirstOrThrow();
  return row.cases >= 3 && row.days !== null ? { days: row.days, cases: row.cases } : null;
}
