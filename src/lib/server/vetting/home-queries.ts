import { sql } from 'kysely';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { readClock, type ClockReading } from '#lib/domain/vetting/clock.ts';
import type { CaseStatus } from '#lib/domain/vetting/vetting.ts';
import type { Standing } from '#lib/domain/account/account.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface Todo {
  /** `overdue`: a company let the day pass by which it was to answer. */
  kind: 'case' | 'confirm' | 'publish' | 'overdue';
  id: string;
  number: string;
  nameKo: string;
  nameEn: string;
  due: Date | null;
  /** working days left or overdue; null for what has no clock, or whose clock stands */
  clock: ClockReading | null;
}

/**
 * What waits for this official, most pressing first: proposals of colleagues to confirm and open cases that are
 * theirs or nobody's (those that wait for a company only once its answer is overdue), by due date; opportunities to
 * publish by the time they were submitted.
 */
export async function ministryTodos(ctx: Context, limit = 8): Promise<Todo[]> {
  if (!isOfficial(ctx.actor)) return [];
  const account = ctx.actor.accountId;
  const cases = await ctx.db
    .selectFrom('vetting_case as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .leftJoin('vetting_decision as d', (join) =>
      join.onRef('d.case_id', '=', 'c.id').on('d.confirmed_at', 'is', null).on('d.returned_at', 'is', null),
    )
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('information_request')
          .select(['case_id', (of) => of.fn.min('due_at').as('answer_due')])
          .where('answered_at', 'is', null)
          .where('withdrawn_at', 'is', null)
          .groupBy('case_id')
          .as('r'),
      (join) => join.onRef('r.case_id', '=', 'c.id'),
    )
    .select([
      'r.answer_due',
      'c.id',
      'c.number',
      'c.due_at',
      'c.allowed_days',
      'c.paused_since',
      'c.status',
      'o.name_ko',
      'o.name_en',
    ])
    .where((eb) =>
      eb.or([
        eb.and([eb('c.status', '=', 'proposed'), eb('d.proposed_by', '!=', account)]),
        eb.and([
          eb.or([
            eb('c.status', 'in', ['submitted', 'reviewing']),
            eb.and([eb('c.status', '=', 'waiting'), eb('r.answer_due', '<', ctx.now())]),
          ]),
          eb.or([eb('c.assigned_to', 'is', null), eb('c.assigned_to', '=', account)]),
        ]),
      ]),
    )
    // Cases of an organisation of theirs are for colleagues.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('membership as m')
            .select('m.role')
            .whereRef('m.organisation_id', '=', 'c.organisation_id')
            .where('m.account_id', '=', account),
        ),
      ),
    )
    .orderBy((eb) =>
      eb.case().when('c.status', '=', 'waiting').then(eb.ref('r.answer_due')).else(eb.ref('c.due_at')).end(),
    )
    .orderBy('c.id')
    .limit(limit)
    .execute();
  const submitted = await ctx.db
    .selectFrom('opportunity as p')
    .leftJoin('organisation as o', 'o.id', 'p.organisation_id')
    .select(['p.id', 'p.number', 'p.title_ko', 'p.title_en'])
    .where('p.status', '=', 'submitted')
    .orderBy('p.submitted_at')
    .orderBy('p.id')
    .limit(Math.ceil(limit / 2))
    .execute();
  return [
    // A long queue of cases leaves room for the opportunities that wait.
    ...cases.slice(0, limit - submitted.length).map((row) => ({
      kind: kindOf(row.status),
      id: row.id,
      number: row.number,
      nameKo: row.name_ko,
      nameEn: row.name_en,
      due: row.status === 'waiting' ? row.answer_due : row.due_at,
      clock:
        row.status === 'waiting'
          ? null
          : readClock(
              { allowedDays: row.allowed_days, dueAt: row.due_at, pausedSince: row.paused_since },
              ctx.now(),
            ),
    })),
    ...submitted.map((row) => ({
      kind: 'publish' as const,
      id: row.id,
      number: row.number,
      nameKo: row.title_ko,
      nameEn: row.title_en,
      due: null,
      clock: null,
    })),
  ];
}

function kindOf(status: CaseStatus): Todo['kind'] {
  if (status === 'proposed') return 'confirm';
  return status === 'waiting' ? 'overdue' : 'case';
}

export interface NewSince {
  organisations: number;
  cases: number;
  opportunities: number;
  interests: number;
}

/** What came in since a moment. */
export async function newSince(ctx: Context, since: Date): Promise<NewSince> {
  const { rows } = await sql<NewSince>`
    select (select count(*) from organisation where created_at > ${since}) as organisations,
           (select count(*) from vetting_case where submitted_at > ${since}) as cases,
           (select count(*) from opportunity where published_at > ${since}) as opportunities,
           (select count(*) from interest where created_at > ${since}) as interests`.execute(ctx.db);
  return rows[0] ?? { organisations: 0, cases: 0, opportunities: 0, interests: 0 };
}

export interface WholeState {
  companies: Record<Standing, number>;
  leads: Record<Standing, number>;
  opportunitiesOpen: number;
  interestsOpen: number;
  interestsAccepted: number;
}

/** The state of the whole: organisations by standing, open opportunities, live expressions of interest. */
export async function wholeState(ctx: Context): Promise<WholeState> {
  const standings = await ctx.db
    .selectFrom('organisation')
    .select([
      'standing',
      sql<number>`count(*) filter (where supplier)`.as('companies'),
      sql<number>`count(*) filter (where lead)`.as('leads'),
    ])
    .groupBy('standing')
    .execute();
  const { rows } = await sql<{ open: number; live: number; accepted: number }>`
    select (select count(*) from opportunity where status = 'published') as open,
           (select count(*) from interest where status in ('sent', 'opened', 'shortlisted')) as live,
           (select count(*) from interest where status = 'accepted') as accepted`.execute(ctx.db);
  const by = (side: 'companies' | 'leads') => {
    const counts: Record<Standing, number> = { registered: 0, vetted: 0, refused: 0, suspended: 0 };
    for (const row of standings) counts[row.standing] = row[side];
    return counts;
  };
  return {
    companies: by('companies'),
    leads: by('leads'),
    opportunitiesOpen: rows[0]?.open ?? 0,
    interestsOpen: rows[0]?.live ?? 0,
    interestsAccepted: rows[0]?.accepted ?? 0,
  };
}

/** Korean participation by project: opportunities, expressions of interest, introductions (accepted). */
export async function participationByProject(ctx: Context) {
  if (!isOfficial(ctx.actor)) return [];
  const { rows } = await sql<{
    id: string;
    name_ko: string | null;
    name_en: string;
    country: string;
    country_ko: string;
    country_en: string;
    msp_status: 'yes' | 'reported' | 'no';
    phase: string;
    opportunities: number;
    open: number;
    interests: number;
    accepted: number;
  }>`
    select p.id, p.name_ko, p.name_en, p.country, c.name_ko as country_ko, c.name_en as country_en, p.msp_status, p.phase,
           count(distinct o.id) filter (where o.published_at is not null) as opportunities,
           count(distinct o.id) filter (where o.status = 'published') as open,
           count(i.id) as interests, count(i.id) filter (where i.status = 'accepted') as accepted
    from project p join country c on c.iso2 = p.country
    left join opportunity o on o.project_id = p.id
    left join interest i on i.opportunity_id = o.id
    group by p.id, c.iso2
    order by open desc, interests desc, p.name_en`.execute(ctx.db);
  return rows;
}
