import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, official, organisation } from '../support/trade.ts';
import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { noteSearch, removeRecent, setKeepRecent, type Asked } from '#lib/server/search/asked-commands.ts';
import { recentSearches, topSearches } from '#lib/server/search/asked-queries.ts';
import { cleanUpSearches } from '#lib/server/search/clean-up-job.ts';
import { saveSearch } from '#lib/server/search/saved-commands.ts';

/** What is kept of searches, for whom, and for how long. */

const VISITOR: Actor = { kind: 'visitor' };
let database: TestDatabase;
let person: Member;
let other: Member;
let ministry: Official;
let now = NOW;

beforeAll(async () => {
  database = await createDatabase();
  person = await organisation(database, { name: '가람' });
  other = await organisation(database, { name: '나루' });
  ministry = await official(database);
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = NOW;
  await sql`truncate recent_search, search_term, search_setting, search_mark_key`.execute(database.db);
});

const as = (actor: Actor) => contextOf(database, actor, now);
const days = (n: number) => (now = new Date(now.getTime() + n * 86_400_000));
const clean = () => cleanUpSearches(systemContext(database.db, 'test', () => now));
const note = (actor: Actor, q: string, changes: Partial<Asked> = {}) =>
  ok(noteSearch(as(actor), { kind: 'company', q, filters: {}, total: 3, asker: 'a browser', ...changes }));
const recent = async (actor: Actor) => (await recentSearches(as(actor))).searches.map(({ q }) => q);
const terms = async (empty = false) => (await topSearches(as(ministry), 7, empty)).map((one) => one.terms);

describe('recent searches', () => {
  it('are the person’s own, the latest first, each once, with their filters', async () => {
    await note(person, '흑연');
    days(0.01);
    await note(person, '리튬', { filters: { country: ['AU'] } });
    days(0.01);
    await note(person, '흑연');
    await note(person, '');
    await note(other, '니켈');
    await note(VISITOR, '구리');
    expect(await recent(person)).toEqual(['흑연', '리튬']);
    expect((await recentSearches(as(person))).searches[1]?.filters).toEqual({ country: ['AU'] });
    expect(await recent(VISITOR)).toEqual([]);
  });

  it('are fifty at most, and gone after 30 days', async () => {
    for (let n = 0; n < 55; n += 1) {
      days(0.001);
      await note(person, `말 ${n}`);
    }
    expect(await recent(person)).toHaveLength(50);
    days(30.1);
    expect(await recent(person)).toEqual([]);
    await clean();
    expect(await database.db.selectFrom('recent_search').select('id').execute()).toEqual([]);
  });

  it('are removed one by one or all, by their person alone', async () => {
    await note(person, '흑연');
    await note(person, '리튬');
    const [one] = (await recentSearches(as(person))).searches;
    expect(await ok(removeRecent(as(other), { id: one?.id ?? '' }))).toEqual({ count: 0 });
    expect(await ok(removeRecent(as(person), { id: one?.id ?? '' }))).toEqual({ count: 1 });
    await ok(removeRecent(as(person), { id: 'all' }));
    expect(await recent(person)).toEqual([]);
    expect(await codeOf(removeRecent(as(VISITOR), { id: 'all' }))).toBe('forbidden');
  });

  it('are not kept for who does not want them; those there were are gone', async () => {
    await note(person, '흑연');
    await ok(setKeepRecent(as(person), { keep: false }));
    await note(person, '리튬');
    expect(await recentSearches(as(person))).toEqual({ kept: false, searches: [] });
    await ok(setKeepRecent(as(person), { keep: true }));
    await note(person, '니켈');
    expect(await recent(person)).toEqual(['니켈']);
  });
});

describe('words searched for', () => {
  it('are named when more than one person asked, with how often in vain', async () => {
    await note(person, '흑연');
    await note(person, ' 흑연 ');
    await note(person, '테르븀', { total: 0 });
    expect(await terms()).toEqual([]);
    await note(other, '흑연');
    await note(VISITOR, '테르븀', { total: 0 });
    expect(await topSearches(as(ministry), 7, false)).toEqual([
      { kind: 'company', terms: '흑연', asked: 3, empty: 0 },
      { kind: 'company', terms: '테르븀', asked: 2, empty: 2 },
    ]);
    expect(await terms(true)).toEqual(['테르븀']);
  });

  it('of two visitors are told apart, of one are not', async () => {
    await note(VISITOR, '흑연', { asker: 'one' });
    await note(VISITOR, '흑연', { asker: 'one' });
    expect(await terms()).toEqual([]);
    await note(VISITOR, '흑연', { asker: 'another' });
    expect(await terms()).toEqual(['흑연']);
  });

  it('are joined over the days of a week; then nothing can be compared any more', async () => {
    await note(person, '흑연');
    await note(person, '리튬');
    days(1);
    await note(other, '흑연');
    await note(person, '리튬');
    expect(await terms()).toEqual(['흑연']);
    days(8);
    await clean();
    const { rows } = await sql<{ mark: string | null }>`select mark from search_term`.execute(database.db);
    expect(rows.every(({ mark }) => mark === null)).toBe(true);
    await note(person, '리튬');
    expect((await topSearches(as(ministry), 30, false)).map((one) => one.terms)).toEqual(['흑연']);
  });

  it('of one party are bounded; what is there already is counted on', async () => {
    const from = (address: string, n: number) => ({ asker: `${address}\nbrowser ${n}` });
    for (let n = 0; n < 80; n += 1) await note(VISITOR, `낱말${n}`, from('192.0.2.1', n));
    const counted = async () => {
      const { rows } = await sql<{ terms: string; asked: number }>`
        select terms, asked from search_term`.execute(database.db);
      return rows;
    };
    expect(await counted()).toHaveLength(60);
    await note(VISITOR, '낱말0', from('192.0.2.1', 81));
    await note(VISITOR, '낱말79', from('192.0.2.2', 0));
    const after = await counted();
    expect(after).toHaveLength(61);
    expect(after.find(({ terms }) => terms === '낱말0')?.asked).toBe(2);
  });

  it('hold no person, no number and no address, and not what programs ask', async () => {
    await note(person, 'han.bada@example.com');
    await note(person, '123-45-67890');
    await note(person, '흑연', { asker: null });
    await note(person, '흑연', { filters: { country: ['AU'] } });
    const { rows } = await sql`select * from search_term`.execute(database.db);
    expect(rows).toEqual([]);
    await note(person, '흑연');
    const { rows: held } = await sql`select * from search_term`.execute(database.db);
    expect(JSON.stringify(held)).not.toContain(person.accountId);
  });

  it('are gone after 30 days, and are shown to officials only', async () => {
    await note(person, '흑연');
    await note(other, '흑연');
    expect(await topSearches(as(person), 30, false)).toEqual([]);
    expect(await topSearches(as(VISITOR), 30, false)).toEqual([]);
    days(31);
    await clean();
    const { rows } = await sql`select * from search_term`.execute(database.db);
    expect(rows).toEqual([]);
  });
});

it('everything of a person goes with their account', async () => {
  const leaving = await organisation(database, { name: '다솜' });
  await note(leaving, '흑연');
  const search = { kind: 'company', q: '흑연', filters: {}, name: 'x', frequency: 'daily' } as const;
  await ok(saveSearch(as(leaving), search));
  await ok(setKeepRecent(as(leaving), { keep: true }));
  await database.db.deleteFrom('account').where('id', '=', leaving.accountId).execute();
  for (const table of ['recent_search', 'saved_search', 'search_setting'] as const) {
    const rows = await database.db
      .selectFrom(table)
      .select('account_id')
      .where('account_id', '=', leaving.accountId)
      .execute();
    expect(rows).toEqual([]);
  }
});
