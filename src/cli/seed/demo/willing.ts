import { sql, type Kysely } from 'kysely';
import { actingAs } from './acting.ts';
import type { Calendar } from './days.ts';
import { must, type Stage, type Step } from './stage.ts';
import { saveReach } from '#lib/server/company/commands.ts';
import { findAlerts } from '#lib/server/match/alert-commands.ts';
import { sendMatchAlerts } from '#lib/server/match/alert-job.ts';
import { matchesForCompany } from '#lib/server/match/queries.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { removeJob } from '#lib/server/platform/job-queue.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What the company of the demonstration does not want, and the new matches it is told of. */

const COMPANY = 'demo-001';

/** After its vetting: the renewal shows it as a difference. */
export function willingSteps(calendar: Calendar): Step[] {
  const at = calendar.moment('-29 10:05');
  return [{ at, run: (stage) => exclude(stage, at) }];
}

async function exclude(stage: Stage, at: Date): Promise<void> {
  const held = await stage.db
    .selectFrom('company')
    .selectAll()
    .where('organisation_id', '=', stage.organisation(COMPANY))
    .executeTakeFirstOrThrow();
  await must(
    saveReach.within(await stage.member('company', at), {
      seen: held.saved_steps['reach'] ?? '',
      languages: held.languages,
      can_invest: held.can_invest,
      own_equity_usd: held.own_equity_usd,
      pseudonymous: held.pseudonymous,
      excluded_countries: [],
      excluded_types: ['oda'],
      minimum_value_usd: 50_000,
    }),
  );
}

/** After the companies and notices are there: one new match told this morning, one that waits for the next. */
export async function seedMatchAlerts(
  db: Kysely<Database>,
  stage: Stage,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  const company = await actingAs(db, stage, 'company', calendar.moment('-1 12:00'));
  if (company.actor.kind !== 'member') return;
  const own = company.actor.organisationId;
  const strong = await matchesForCompany(company, own, { group: 'strong', limit: 2 });
  const morning = calendar.moment('-1 08:00');
  const system = (at: Date) => systemContext(db, 'demo', () => at);
  const [told, waits] = (strong?.items ?? []).map(({ id, score }) => ({ id, score }));
  if (told !== undefined) {
    await became(db, { opportunity: told.id, company: own, score: told.score, at: morning });
    await sendMatchAlerts(system(morning), { frequency: 'daily' });
    await keepInOutbox(db);
  }
  if (waits !== undefined) {
    await became(db, { opportunity: waits.id, company: own, score: waits.score, at: now });
    await must(findAlerts(system(now), {}));
  }
}

/** As the stored lists note it when a pair becomes strong; the first run of a portal tells nobody. */
async function became(
  db: Kysely<Database>,
  pair: { opportunity: string; company: string; score: number; at: Date },
): Promise<void> {
  await sql`insert into match_change (opportunity_id, company_id, group_before, group_after, units, model, quiet, at)
    values (${pair.opportunity}, ${pair.company}, 'near', 'strong', ${Math.round(pair.score * 16_384)}, 'demo',
      false, ${pair.at})`.execute(db);
}

/** Mail of an invented past goes nowhere. */
async function keepInOutbox(db: Kysely<Database>): Promise<void> {
  const mails = await db.selectFrom('mail').select('id').where('event_key', 'like', 'match-new:%').execute();
  for (const { id } of mails) await removeJob(db, `mail.send:${id}`);
}
