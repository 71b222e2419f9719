import { sql, type Kysely } from 'kysely';
import type { CommandIo } from '../../command.ts';
import { amendmentSteps } from './amendments.ts';
import { importCompanies, markCompanies } from './companies.ts';
import { Calendar } from './days.ts';
import { extraSteps } from './extras.ts';
import { interestSteps } from './interests.ts';
import { opportunitySteps } from './opportunities.ts';
import { peopleSteps } from './people.ts';
import {
  accountRecord,
  caseRecord,
  interestRecord,
  leadRecord,
  opportunityRecord,
  partnerRecord,
  readRecords,
  teamRecord,
} from './records.ts';
import { teamSteps } from './teams.ts';
import { seedSearches } from './searches.ts';
import { Stage, type Step } from './stage.ts';
import { seedTrust } from './trust.ts';
import { vettingSteps } from './vetting.ts';
import { seedMatchAlerts, willingSteps } from './willing.ts';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { addJob, removeJob } from '#lib/server/platform/job-queue.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { reindex } from '#lib/server/search/index-job.ts';

/** Kept in `loaded_data`: the demonstration is loaded once and then belongs to whoever looks around in it. */
const VERSION = '1';

/**
 * Loads the demonstration unless it is there: companies as an import, everything else as the acts of its people in one
 * transaction, so that a loading that was killed left nothing of it and is simply repeated. Answers what was made.
 */
export async function loadDemo(
  folder: string,
  io: CommandIo,
): Promise<{ steps: number; companies: number; opportunities: number } | null> {
  const connection = await io.connection();
  if (await isLoaded(connection.db)) return null;
  const calendar = new Calendar(io.now());
  const { stale, counts } = await importCompanies(connection, folder, calendar);
  const steps = await allSteps(folder, calendar);
  const progress = io.progress('demonstration', steps.length);
  const stage = await connection.db
    .transaction()
    .execute(async (db) => {
      // Two loads at once: the second waits here and finds the first one's work.
      await sql`select pg_advisory_xact_lock(hashtext('seed-demo'))`.execute(db);
      if (await isLoaded(db)) return null;
      const played = new Stage(db, calendar);
      await markCompanies(played);
      for (const step of steps) {
        io.signal.throwIfAborted();
        await step.run(played);
        progress.advance(1);
      }
      await noteChanges(played);
      await sql`insert into loaded_data (name, version) values ('demo', ${VERSION})`.execute(db);
      return played;
    })
    .finally(() => progress.end());
  if (stage === null) return null;
  // The import asked for the same companies.
  for (const { key } of stale) await removeJob(connection.db, key);
  await index(connection.db, stage);
  await seedSearches(connection.db, stage, calendar, io.now());
  await seedTrust(connection.db, stage, calendar, io.now());
  await seedMatchAlerts(connection.db, stage, calendar, io.now());
  const companies = counts.imported + counts.updated + counts.unchanged;
  return { steps: steps.length, companies, opportunities: stage.opportunities.size };
}

async function isLoaded(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql`select 1 from loaded_data where name = 'demo'`.execute(db);
  return rows.length > 0;
}

/** Every step of every story, in the order of their times; of two at the same time the one told first. */
async function allSteps(folder: string, calendar: Calendar): Promise<Step[]> {
  const [accounts, leads, opportunities, interests, partners, teams, cases] = await Promise.all([
    readRecords(folder, 'accounts.jsonl', accountRecord),
    readRecords(folder, 'leads.jsonl', leadRecord),
    readRecords(folder, 'opportunities.jsonl', opportunityRecord),
    readRecords(folder, 'interests.jsonl', interestRecord),
    readRecords(folder, 'partners.jsonl', partnerRecord),
    readRecords(folder, 'teams.jsonl', teamRecord),
    readRecords(folder, 'cases.jsonl', caseRecord),
  ]);
  const owners = accounts.filter((one) => one.role === 'owner');
  const contacts = new Map(owners.map(({ organisation = '', who }) => [organisation, who]));
  const steps = [
    ...(await peopleSteps(accounts, leads, calendar)),
    ...vettingSteps(cases, contacts, calendar),
    ...opportunitySteps(opportunities, contacts, calendar),
    ...interestSteps(interests, opportunities, contacts, calendar),
    ...teamSteps(partners, teams, opportunities, contacts, calendar),
    ...extraSteps(calendar),
    ...amendmentSteps(calendar),
    ...willingSteps(calendar),
  ];
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime());
}

const jobKey = (kind: IndexKind): string => `search.index:demo:${kind}`;

/** Tells matching what changed, and leaves a job for search in case this process does not get to it. */
async function noteChanges(stage: Stage): Promise<void> {
  for (const kind of INDEX_KINDS) {
    const ids = [...stage.changed[kind]];
    if (ids.length === 0) continue;
    await stage.db
      .insertInto('entity_change')
      .values(ids.map((id) => ({ kind, id })))
      .execute();
    await addJob(stage.db, 'search.index', { kind, ids }, { key: jobKey(kind) });
  }
}

/** A search right after the load must not wait for the job. */
async function index(db: Kysely<Database>, stage: Stage): Promise<void> {
  for (const kind of INDEX_KINDS) {
    await reindex(db, kind, [...stage.changed[kind]]);
    await removeJob(db, jobKey(kind));
  }
}
