import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, official } from '../support/trade.ts';
import type { CompanyRecordInput } from '#lib/domain/company/record.ts';
import { VISITOR } from '#lib/domain/account/actor.ts';
import type { OpportunityRecordInput } from '#lib/domain/opportunity/record.ts';
import { companyImport } from '#lib/server/company/import.ts';
import { reckonList } from '#lib/server/match/list.ts';
import { LiveIndex } from '#lib/server/match/live-index.ts';
import { MatchPool } from '#lib/server/match/pool.ts';
import { resumeMatchRun, startMatchRun, stopMatchRun } from '#lib/server/match/run-commands.ts';
import { runAll, startRun } from '#lib/server/match/run-job.ts';
import { matchRuns } from '#lib/server/match/run-queries.ts';
import { newStrongMatches, storedMatchesOf } from '#lib/server/match/stored-queries.ts';
import { updateLists } from '#lib/server/match/update-job.ts';
import { opportunityImport } from '#lib/server/opportunity/import.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { readReference } from '#lib/server/platform/import/reference.ts';
import { runImport } from '#lib/server/platform/import/run.ts';

/* Stored lists: whole runs that can be stopped and go on, changes that touch what they touch and nothing else. */

let database: TestDatabase;
let folder: string;

const graphite = { capability: 'graphite-flake-plant', minerals: ['graphite'] };
const company = (id: string, more: Partial<CompanyRecordInput> = {}): CompanyRecordInput => ({
  id,
  name_en: `Company ${id}`,
  size: 'sme',
  status: 'vetted',
  languages: ['ko', 'en'],
  capabilities: [{ id: 'k1', ...graphite, evidence: 'audited' }],
  ...more,
});
const opportunity = (id: string, capability: string, minerals: string[]): OpportunityRecordInput => ({
  id,
  country: 'TZ',
  type: 'equipment',
  title_en: `Opportunity ${id}`,
  minerals,
  requirements: [{ id: 'q1', must: true, capability, minerals }],
  deadline: '2026-12-31T18:00:00+03:00',
});
const esia = company('esia', { capabilities: [{ id: 'k1', capability: 'esia' }] });

async function take(companies: CompanyRecordInput[], opportunities: OpportunityRecordInput[] = []) {
  const { reference } = await readReference(database.db);
  const options = { source: 'test', dryRun: false, skipInvalid: false };
  const write = (name: string, records: object[]): string => {
    const path = join(folder, name);
    writeFileSync(path, records.map((record) => JSON.stringify(record)).join('\n'));
    return path;
  };
  if (companies.length > 0) {
    const path = write('companies.jsonl', companies);
    const { faults } = await runImport(database.pool, companyImport(reference, true), { ...options, path });
    expect(faults).toEqual([]);
  }
  if (opportunities.length > 0) {
    const path = write('opportunities.jsonl', opportunities);
    const { faults } = await runImport(database.pool, opportunityImport(reference), { ...options, path });
    expect(faults).toEqual([]);
  }
}

const ctx = () => systemContext(database.db, 'test', () => NOW);

async function idOf(table: 'organisation' | 'opportunity', externalId: string): Promise<string> {
  const row = await database.db
    .selectFrom(table)
    .select('id')
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow();
  return row.id;
}
async function listOf(externalId: string): Promise<string[] | null> {
  const list = await storedMatchesOf(database.db, await idOf('opportunity', externalId));
  if (list === null) return null;
  const names = new Map(
    (await database.db.selectFrom('organisation').select(['id', 'external_id']).execute()).map((row) => [
      row.id,
      row.external_id,
    ]),
  );
  return list.items.map(({ companyId }) => names.get(companyId) ?? '');
}
/** Which rows were last written by which transaction. */
async function writtenBy(externalId: string): Promise<string> {
  const id = await idOf('opportunity', externalId);
  const { rows } = await database.pool.query<{ seen: string }>(
    `select coalesce(string_agg(company_id || ' ' || xmin::text, ',' order by company_id), '') as seen
     from match_result where opportunity_id = $1`,
    [id],
  );
  return rows[0]?.seen ?? '';
}
async function openRun(): Promise<string> {
  const run = await database.db
    .selectFrom('match_run')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirstOrThrow();
  return run.id;
}
const runsSeen = async () =>
  (await matchRuns(contextOf(database, await official(database))))?.runs.map((run) => run) ?? [];

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'gm-runs-'));
  await take(
    [company('a'), company('b', { capabilities: [{ id: 'k1', ...graphite }] }), esia],
    [opportunity('o-graphite', graphite.capability, ['graphite']), opportunity('o-esia', 'esia', [])],
  );
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('a first change makes a whole run, which stores every open list and tells nobody', async () => {
  await updateLists(ctx());
  await runAll(ctx(), { run: await openRun() });
  expect(await listOf('o-graphite')).toEqual(['a', 'b']);
  expect(await listOf('o-esia')).toEqual(['esia']);
  expect(await newStrongMatches(database.db, { after: 0 })).toEqual([]);
  expect(await runsSeen()).toMatchObject([
    { state: 'done', total: 2, done: 2, written: 3, unchanged: 0, removed: 0, startedBy: null },
  ]);
});

it('a second run writes no pair again', async () => {
  const before = await database.pool.query('select xmin::text, * from match_result order by 2, 3');
  await startRun(ctx());
  await runAll(ctx(), { run: await openRun() });
  expect((await runsSeen())[0]).toMatchObject({ state: 'done', written: 0, unchanged: 3, removed: 0 });
  const after = await database.pool.query('select xmin::text, * from match_result order by 2, 3');
  expect(after.rows).toEqual(before.rows);
});

it('a change updates the lists it touches and no others, and tells of new strong matches once', async () => {
  await updateLists(ctx());
  const untouched = await writtenBy('o-esia');
  await take([company('c')]);
  await updateLists(ctx());
  expect(await listOf('o-graphite')).toHaveLength(3);
  expect(await writtenBy('o-esia')).toBe(untouched);
  const told = await newStrongMatches(database.db, { after: 0 });
  expect(told).toMatchObject([
    { companyId: await idOf('organisation', 'c'), groupBefore: null, groupAfter: 'strong' },
  ]);
  const [first] = told;
  expect(await newStrongMatches(database.db, { after: first?.seq ?? 0 })).toEqual([]);
  // the same once more changes nothing
  const touched = await writtenBy('o-graphite');
  await updateLists(ctx());
  expect(await writtenBy('o-graphite')).toBe(touched);
});

it('a suspended company leaves its lists; a closed opportunity has none', async () => {
  const id = await idOf('organisation', 'c');
  await database.db.updateTable('organisation').set({ standing: 'suspended' }).where('id', '=', id).execute();
  await database.db.insertInto('entity_change').values({ kind: 'company', id }).execute();
  const untouched = await writtenBy('o-esia');
  await updateLists(ctx());
  expect(await listOf('o-graphite')).toEqual(['a', 'b']);
  expect(await writtenBy('o-esia')).toBe(untouched);
  const closed = await idOf('opportunity', 'o-esia');
  await database.db.updateTable('opportunity').set({ status: 'closed' }).where('id', '=', closed).execute();
  await database.db.insertInto('entity_change').values({ kind: 'opportunity', id: closed }).execute();
  await updateLists(ctx());
  expect(await listOf('o-esia')).toBeNull();
  expect(await listOf('o-graphite')).toEqual(['a', 'b']);
});

it('officials start, stop and resume; others may not, and there is one run at a time', async () => {
  const by = contextOf(database, await official(database));
  expect(await startMatchRun(contextOf(database, VISITOR), {})).toMatchObject({ code: 'forbidden' });
  const started = await startMatchRun(by, {});
  if (!started.ok) throw new Error(started.code);
  expect(await startMatchRun(by, {})).toMatchObject({ ok: false, code: 'run-open' });
  expect(await stopMatchRun(by, { id: started.value })).toMatchObject({ ok: true });
  expect(await stopMatchRun(by, { id: started.value })).toMatchObject({ code: 'run-over' });
  await runAll(ctx(), { run: started.value });
  expect((await runsSeen())[0]).toMatchObject({ state: 'stopped', done: 0 });
  expect(await resumeMatchRun(by, { id: started.value })).toMatchObject({ ok: true });
  await runAll(ctx(), { run: started.value });
  expect((await runsSeen())[0]).toMatchObject({ state: 'done', done: 1, total: 1 });
});

it('a run goes on behind the last opportunity that is done', async () => {
  await take([], [opportunity('o-more', graphite.capability, ['graphite'])]);
  await startRun(ctx());
  const run = await openRun();
  const [first, second] = [
    await idOf('opportunity', 'o-graphite'),
    await idOf('opportunity', 'o-more'),
  ].sort();
  await database.db
    .updateTable('match_run')
    .set({ state: 'running', last_opportunity: first ?? null, done: 1 })
    .where('id', '=', run)
    .execute();
  const untouched = await writtenBy(
    first === (await idOf('opportunity', 'o-more')) ? 'o-more' : 'o-graphite',
  );
  await runAll(ctx(), { run });
  expect((await runsSeen())[0]).toMatchObject({ state: 'done', done: 2, total: 2 });
  expect(await storedMatchesOf(database.db, second ?? '')).not.toBeNull();
  expect(await writtenBy(first === (await idOf('opportunity', 'o-more')) ? 'o-more' : 'o-graphite')).toBe(
    untouched,
  );
});

it('a run whose model was switched under way begins anew', async () => {
  await startRun(ctx());
  const run = await openRun();
  const last = [await idOf('opportunity', 'o-graphite'), await idOf('opportunity', 'o-more')].sort().at(-1);
  await database.db
    .updateTable('match_run')
    .set({ state: 'running', model: 'earlier', last_opportunity: last ?? null, done: 2, quiet: true })
    .where('id', '=', run)
    .execute();
  await runAll(ctx(), { run });
  const [seen] = await runsSeen();
  expect(seen).toMatchObject({ state: 'done', done: 2, total: 2 });
  expect(
    await database.db
      .selectFrom('match_run')
      .select(['model', 'quiet'])
      .where('id', '=', run)
      .executeTakeFirstOrThrow(),
  ).toEqual({ model: expect.not.stringMatching('earlier') as string, quiet: false });
});

it('threads reckon the same lists as this one', async () => {
  const { engine } = await new LiveIndex(database.db).fresh();
  const open = engine.openOpportunities(NOW.getTime());
  const pool = new MatchPool({ threads: 2 });
  try {
    pool.load(engine);
    expect(await pool.lists(open, '2026-11-23')).toEqual(
      open.map((one) => reckonList(engine, one, '2026-11-23')),
    );
  } finally {
    await pool.close();
  }
});
