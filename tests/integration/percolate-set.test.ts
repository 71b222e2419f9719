import { setImmediate } from 'node:timers/promises';
import { sql, type KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { NOW, organisation } from '../support/trade.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import { facetToken } from '#lib/domain/search/document.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { rereadSearches } from '#lib/server/search/clean-up-job.ts';
import { LivePercolator, livePercolator } from '#lib/server/search/percolate-set.ts';

/** The saved searches of the database as compiled sets, and as they are read again: many at once. */

const MANY = 1200;

let database: TestDatabase;
let owner: Member;

beforeAll(async () => {
  database = await createDatabase();
  owner = await organisation(database, { name: '가람' });
});
afterAll(() => database.drop());

/** So many searches of words of their own, read with a lexicon that is not in effect any more. */
async function saveMany(word: string, many: number): Promise<void> {
  await sql`with reading as (
      insert into search_reading (kind, q, expr, uncertain, lexicon)
      select 'opportunity', ${word} || n, jsonb_build_array('&', ${word} || n, jsonb_build_array('*', ${word} || n)),
        false, 'old' from generate_series(1, ${many}::int) n returning id, q)
    insert into saved_search (account_id, organisation_id, kind, q, filters, reading_id, name, frequency, stop_token)
    select ${owner.accountId}, ${owner.organisationId}, 'opportunity', q, jsonb_build_object('country', jsonb_build_array(q)),
      id, q, 'none', q from reading`.execute(database.db);
}

const size = async () => (await livePercolator(database.db).fresh()).opportunity.size;

it('removed searches give back what they took', async () => {
  await saveMany('stays', 10);
  const before = await size();
  expect(before).toMatchObject({ searches: 10, removed: 0 });
  for (const turn of ['first', 'second']) {
    await saveMany(turn, MANY);
    expect((await size()).nodes).toBeGreaterThan(before.nodes + MANY);
    await sql`update saved_search set removed_at = now(), xid = pg_current_xact_id() where q like ${`${turn}%`}`.execute(
      database.db,
    );
    expect(await size()).toEqual(before);
  }
  // What is left is still changed and found.
  await saveMany('later', 3);
  expect(await size()).toMatchObject({ searches: 13 });
});

it('a search that is read differently is found by documents that come meanwhile', async () => {
  await saveMany('meanwhile', 1);
  const live = livePercolator(database.db);
  const set = (await live.fresh()).opportunity;
  const tokens = ['meanwhile1', facetToken('country', 'meanwhile1')];
  const found = () => set.match({ tokens, visibility: 'public', owner: null, invited: [] }).length;
  expect(found()).toBe(1);
  await sql`update search_reading set expr = '"meanwhile1"', xid = pg_current_xact_id() where q = 'meanwhile1'`.execute(
    database.db,
  );
  const seen = new Set<number>();
  let reading = true;
  const read = live.fresh().finally(() => (reading = false));
  while (reading) {
    seen.add(found());
    await setImmediate();
  }
  await read;
  expect([...seen]).toEqual([1]);
  await sql`update saved_search set removed_at = now(), xid = pg_current_xact_id() where q = 'meanwhile1'`.execute(
    database.db,
  );
  expect((await size()).searches).toBe(13);
});

it('searches are read again many in a transaction, and only once', async () => {
  const readings = () =>
    sql<{ id: number; lexicon: string; write: string; read_at: Date }>`
      select id, lexicon, xmin::text as write, read_at from search_reading`.execute(database.db);
  // Some of those that were removed wait to be forgotten still.
  await sql`delete from saved_search where removed_at is not null and q !~ '^first[12][0-9]{2}$'`.execute(
    database.db,
  );
  await sql`delete from search_reading r where not exists (select from saved_search s where s.reading_id = r.id)`.execute(
    database.db,
  );
  const { length } = (await readings()).rows;
  expect(length).toBe(213);
  const ctx = systemContext(database.db, 'test', () => NOW);
  // The words of the test are no words of the lexicon: each is another expression now.
  expect(await rereadSearches(ctx)).toBe(length);
  const { rows } = await readings();
  expect(rows.map((row) => row.lexicon)).not.toContain('old');
  expect(rows.every((row) => row.read_at.getTime() === NOW.getTime())).toBe(true);
  expect(new Set(rows.map((row) => row.write)).size).toBe(Math.ceil(length / 200));
  expect(await size()).toMatchObject({ searches: 13 });
});

it('changed searches are read some at a time, and none is missed when it is cut off between', async () => {
  const most = 10;
  const many = 35;
  let rows = 0;
  let failing = Infinity;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      if (result.rows.some((row) => 'reading' in row || 'expr' in row))
        rows = Math.max(rows, result.rows.length);
      if (result.rows.length === most && --failing === 0) throw new Error('cut off');
      return Promise.resolve(result);
    },
  };
  const live = new LivePercolator(database.db.withPlugin(counting), most);
  const searches = async () => (await live.fresh()).opportunity.size.searches;
  const before = await searches();
  await saveMany('paged', many);
  expect(await searches()).toBe(before + many);
  // All of them are read by one word now: they are found by their readings.
  await sql`update search_reading set expr = '"paged"', xid = pg_current_xact_id() where q like 'paged%'`.execute(
    database.db,
  );
  // A page of searches, then the readings of it: the fourth answer is in the middle.
  failing = 4;
  await expect(live.fresh()).rejects.toThrow('cut off');
  const set = (await live.fresh()).opportunity;
  const { rows: saved } = await sql<{ q: string }>`
    select q from saved_search where q like 'paged%' and removed_at is null`.execute(database.db);
  const tokens = ['paged', ...saved.map(({ q }) => facetToken('country', q))];
  const document = { tokens, visibility: 'public' as const, owner: null, invited: [] };
  expect(set.match(document).length).toBe(many);
  expect(rows).toBe(most);
});
