import { sql } from 'kysely';
import type { Need } from '#lib/domain/match/need.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { FunnelStep } from '#lib/server/match/engine.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** Rows of each list of the page; the counts above them are of all. */
const MOST = 50;
const MOST_CAPABILITIES = 15;

export interface Unmatched {
  id: string;
  title: Names;
  /**
   * The step that left nobody, the capability it asks for (if it asks for one), and how many were left before it;
   * null: somebody is left by now.
   */
  emptied: { rule: FunnelStep['rule']; asked: Names | null; before: number } | null;
}

export interface CapabilityGap extends Names {
  id: string;
  /** Companies that hold it, or notices that ask for it. */
  count: number;
}

export interface MatchHealth {
  open: number;
  /** Open notices whose list is not reckoned yet. */
  waiting: number;
  unmatched: { total: number; items: Unmatched[] };
  /** Held by companies, asked for by no open notice. */
  unasked: { total: number; items: CapabilityGap[] };
  /** Asked for as a must by an open notice, held by no company, nor anything that may stand in for it. */
  unheld: { total: number; items: CapabilityGap[] };
  model: string;
}

/** Open at the moment of the request, which need not be that of the database. */
const openAt = (now: Date) =>
  sql<boolean>`o.status = 'published' and (o.deadline is null or o.deadline > ${now}::timestamptz)`;

/** How well matching covers what is open, from the stored lists. For officials. */
export async function matchHealth(ctx: Context): Promise<MatchHealth> {
  const live = await matchIndexOf(ctx.db).fresh();
  const open = openAt(ctx.now());
  const [{ rows: counts }, { rows: without }, { rows: unasked }, { rows: asked }] = await Promise.all([
    sql<{ open: number; waiting: number; unmatched: number }>`
      select count(*)::int as open, count(*) filter (where l.opportunity_id is null)::int as waiting,
        count(*) filter (where l.considered = l.excluded)::int as unmatched
      from opportunity o left join match_list l on l.opportunity_id = o.id where ${open}`.execute(ctx.db),
    sql<{ id: string; ko: string; en: string }>`
      select o.id, o.title_ko as ko, o.title_en as en
      from opportunity o join match_list l on l.opportunity_id = o.id
      where ${open} and l.considered = l.excluded order by o.published_at desc, o.id limit ${MOST}`.execute(
      ctx.db,
    ),
    sql<CapabilityGap & { total: number }>`
      select k.id, k.name_ko as ko, k.name_en as en, count(distinct h.organisation_id)::int as count,
        count(*) over ()::int as total
      from capability k
      join company_capability h on h.capability = k.id
      join company c on c.organisation_id = h.organisation_id and c.published_at is not null
      where not exists (select from requirement q join opportunity o on o.id = q.opportunity_id
                        where q.capability = k.id and ${open})
      group by k.id order by count desc, k.id limit ${MOST_CAPABILITIES}`.execute(ctx.db),
    sql<CapabilityGap>`
      select k.id, k.name_ko as ko, k.name_en as en, count(distinct o.id)::int as count
      from requirement q join opportunity o on o.id = q.opportunity_id join capability k on k.id = q.capability
      where q.must and ${open} group by k.id order by count desc, k.id`.execute(ctx.db),
  ]);
  const day = koreanDay(ctx.now());
  const held = await heldLeaves(ctx);
  const { relations } = live.world.basis;
  const unheld = asked.filter(
    ({ id }) => !held.some((leaf) => leaf === id || relations.capability(id, leaf).degree > 0),
  );
  const [count] = counts;
  return {
    open: count?.open ?? 0,
    waiting: count?.waiting ?? 0,
    unmatched: {
      total: count?.unmatched ?? 0,
      items: without.map(({ id, ko, en }) => {
        const need = live.engine.need(id, day);
        return {
          id,
          title: { ko, en },
          emptied: need === null ? null : emptiedBy(live, need),
        };
      }),
    },
    unasked: { total: unasked[0]?.total ?? 0, items: unasked.map(gap) },
    unheld: { total: unheld.length, items: unheld.slice(0, MOST_CAPABILITIES).map(gap) },
    model: live.world.basis.model.id,
  };
}

function gap({ id, ko, en, count }: CapabilityGap): CapabilityGap {
  return { id, ko, en, count };
}

async function heldLeaves(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct h.capability as id from company_capability h
    join company c on c.organisation_id = h.organisation_id and c.published_at is not null`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** The first gate after which nobody is left. */
function emptiedBy({ engine, world }: LiveEngine, need: Need): Unmatched['emptied'] {
  const steps = engine.funnel(need, { inviting: true });
  const at = steps.findIndex(({ left }, i) => i > 0 && left === 0);
  const step = steps[at];
  if (step === undefined || step.rule === 'quantity') return null;
  const line = need.opportunity.requirements.find(({ id }) => id === step.requirement);
  const leaf = line?.kind === 'capability' ? line.capability : null;
  return {
    rule: step.rule,
    asked:
      leaf === null
        ? null
        : { ko: world.names.capability(leaf, 'ko'), en: world.names.capability(leaf, 'en') },
    before: steps[at - 1]?.left ?? 0,
  };
}
