import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { takeRecords } from '../support/records.ts';
import { noticesOf, official } from '../support/trade.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { checkSearch } from '#lib/server/search/check-job.ts';

/** The nightly comparison finds what has drifted, repairs it, keeps the outcome and tells administrators. */

let database: TestDatabase;
/** When the companies were there. */
let imported: Date;
/** A day on: what was imported just now is no longer under way. */
const tomorrow = () => new Date(Date.now() + 86_400_000);

beforeAll(async () => {
  database = await createDatabase();
  await takeRecords(database, 'check', {
    companies: ['a', 'b', 'c'].map((id, n) => ({
      ...{ id, brn: ['1234567891', '2208162517', '1048621562'][n] ?? '', name_ko: `점검회사${id}` },
      ...{ size: 'sme' as const, languages: ['ko'], status: 'vetted' as const },
    })),
  });
  imported = new Date();
  const [admin] = [await official(database), await official(database)];
  await database.db
    .updateTable('office')
    .set({ administrator: true })
    .where('account_id', '=', admin?.accountId ?? '')
    .execute();
});

afterAll(() => database.drop());

beforeEach(async () => {
  await database.db.deleteFrom('search_check').execute();
});

const check = (now = tomorrow) => checkSearch(systemContext(database.db, 'search.verify', now));
const latest = () =>
  database.db
    .selectFrom('search_check')
    .selectAll()
    .where('engine', '=', 'postgres')
    .orderBy('kind')
    .execute();
const told = () => noticesOf(database, 'search-drift');

test('nothing has drifted: kept, and nobody is told', async () => {
  await check();
  expect((await latest()).map((row) => [row.kind, row.missing + row.stale + row.extra, row.error])).toEqual([
    ['company', 0, null],
    ['opportunity', 0, null],
    ['project', 0, null],
  ]);
  expect((await latest())[0]?.documents).toBeGreaterThanOrEqual(3);
  expect(await told()).toEqual([]);
});

test('a lost document, a changed one and one too many are repaired, and administrators are told once', async () => {
  const { rows } = await sql<{ id: string }>`
    select id from search_company where source = 'check' order by id`.execute(database.db);
  await sql`delete from search_company where id = ${rows[0]?.id}`.execute(database.db);
  await sql`update search_company set name_ko = '옛이름' where id = ${rows[1]?.id}`.execute(database.db);
  await sql`insert into search_company (id, version, tokens, vetted, visibility, updated_at)
    values ('00000000-0000-4000-8000-000000000000', 1, '', false, 'public', now())`.execute(database.db);
  await check();
  expect(await latest()).toMatchObject([{ kind: 'company', missing: 1, stale: 1, extra: 1 }, {}, {}]);
  await check();
  expect(
    (await latest()).slice(0, 2).reduce((sum, row) => sum + row.missing + row.stale + row.extra, 0),
  ).toBe(3);
  expect(await told()).toMatchObject([
    { to: { officials: true, only: 'administrators' }, data: { count: '3', outcome: 'repaired' } },
  ]);
});

test('what changed a moment ago is on its way and no drift', async () => {
  await sql`delete from search_company where source = 'check'`.execute(database.db);
  await check(() => imported);
  expect(await latest()).toMatchObject([{ kind: 'company', missing: 0 }, {}, {}]);
});

test('old outcomes are removed', async () => {
  await check(() => new Date(Date.now() - 100 * 86_400_000));
  await check();
  expect(await latest()).toHaveLength(3);
});
