import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { idOf, takeRecords } from '../support/records.ts';
import { rememberedAnswers } from '#lib/server/search/answers.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { withFallback, type FallbackEngine } from '#lib/server/search/fallback.ts';
import { writeTo } from '#lib/server/search/index-job.ts';
import { brought, noteForServer, waitingFor } from '#lib/server/search/outbox-queries.ts';
import type { SearchEngine, SearchRequest } from '#lib/server/search/port.ts';

/** Answers of the search server are given again only while nothing has changed and nothing waits to be brought. */

const request: SearchRequest = {
  ...{ kind: 'company', q: '흑연 선광', audience: { kind: 'public' }, facets: true, limit: 10 },
};

let database: TestDatabase;
let asked: number;
let fails: boolean;
let clock: number;
let engine: FallbackEngine;

const postgres = () => searchParts(database.db).postgres;

/** PostgreSQL stands in for the server, and every query put to it is counted. */
function counting(): SearchEngine {
  const inner = postgres();
  return {
    query: async (wanted) => {
      if (wanted.q !== 'graphite') asked += 1;
      if (fails) throw new Error('away');
      return await inner.query(wanted);
    },
    suggest: (wanted) => inner.suggest(wanted),
    upsert: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    rebuild: () => Promise.resolve(0),
    hasUnfinished: () => Promise.resolve(false),
    health: () => inner.health(),
  };
}

/** A process with a memory of its own. */
async function process(): Promise<FallbackEngine> {
  const made = withFallback(counting(), postgres(), {
    ...{ names: { primary: 'meilisearch', secondary: 'postgres' }, lookEveryMs: 60_000 },
    ...{ timeLimitMs: 5000, answers: rememberedAnswers(database.db, () => clock) },
    log: { warn: () => undefined, info: () => undefined },
  });
  expect((await made.look()).answering).toBe('meilisearch');
  return made;
}

async function timesAsked(wanted: Partial<SearchRequest> = {}, by = engine): Promise<number> {
  const before = asked;
  await by.query({ ...request, ...wanted });
  return asked - before;
}

const bring = async () => brought(database.db, 'company', await waitingFor(database.db, 'company', 100));
const firm = () => idOf(database, 'organisation', 'remembered', 'c0');

beforeAll(async () => {
  database = await createDatabase();
  await takeRecords(database, 'remembered', {
    companies: ['가', '나', '다'].map((name, n) => ({
      ...{ id: `c${n}`, brn: `103000000${n}`, name_ko: `${name}울흑연`, size: 'sme' as const },
      ...{ languages: ['ko'], status: 'vetted' as const, summary_ko: '흑연 선광 설비' },
    })),
  });
});

afterAll(() => database.drop());

beforeEach(async () => {
  [asked, fails, clock] = [0, false, 0];
  await bring();
  engine = await process();
  return () => engine.stop();
});

test('the same search is asked once, and its answer is the same', async () => {
  const first = await engine.query(request);
  expect(first.total).toBe(3);
  expect(await engine.query(request)).toEqual(first);
  expect(asked).toBe(1);
});

test('whatever may change an answer makes it another one', async () => {
  const organisationId = await firm();
  const others: Partial<SearchRequest>[] = [
    {},
    { kind: 'opportunity' },
    { q: '흑연' },
    { audience: { kind: 'official' } },
    { audience: { kind: 'company', organisationId, vetted: true } },
    { audience: { kind: 'company', organisationId, vetted: false } },
    { audience: { kind: 'company', organisationId: null, vetted: true } },
    { audience: { kind: 'lead', organisationId } },
    { filters: { mineral: ['graphite'] } },
    { filters: { capability: ['graphite'] } },
    { filters: { mineral: ['graphite', 'nickel'] } },
    { sort: 'newest' },
    { sort: 'name', lang: 'ko' },
    { sort: 'name', lang: 'en' },
    { offset: 1 },
    { limit: 1 },
    { facets: false },
    { explain: true },
  ];
  for (const other of others) expect([other, await timesAsked(other)]).toEqual([other, 1]);
  for (const other of others) expect([other, await timesAsked(other)]).toEqual([other, 0]);
});

test('what depends on the time, and long pages for files, are not remembered', async () => {
  const deadline = { now: new Date(), chosen: ['7d'] } as const;
  for (const other of [{ sort: 'deadline' }, { deadline }, { limit: 500 }] as const)
    expect([await timesAsked(other), await timesAsked(other)]).toEqual([1, 1]);
});

test('a change is seen by every process, and nothing is kept while it waits for the server', async () => {
  const second = await process();
  await timesAsked();
  await timesAsked({}, second);
  const id = await firm();
  await database.db.updateTable('organisation').set({ name_ko: '새울흑연' }).where('id', '=', id).execute();
  await noteForServer(database.db, 'company', [id]);
  await writeTo(postgres(), database.db, 'company', [id]);
  for (const one of [engine, second])
    expect([await timesAsked({}, one), await timesAsked({}, one)]).toEqual([1, 1]);
  await bring();
  for (const one of [engine, second])
    expect([await timesAsked({}, one), await timesAsked({}, one)]).toEqual([1, 0]);
  second.stop();
});

test('what waits of another kind does not matter', async () => {
  await noteForServer(database.db, 'project', ['p']);
  expect([await timesAsked(), await timesAsked()]).toEqual([1, 0]);
});

test('a change of the lexicon is seen', async () => {
  await timesAsked();
  const term = { concept: 'graphite', kind: 'mineral', lang: 'ko', term: '갓돌쇠붙이', form: 'alias' };
  const after = JSON.stringify({ ...term, broader: '', source: 'test' });
  await sql`
    insert into amendment (subject, after, source, note, proposed_by, proposed_at, decision, decided_by, decided_at, effect)
    select 'term', ${after}::jsonb, 'test', 'test', id, now(), 'confirmed', id, now(), 1
    from (select gen_random_uuid() as id) who`.execute(database.db);
  expect(await timesAsked()).toBe(1);
});

test('an answer grows old within a minute', async () => {
  await timesAsked();
  clock += 59_999;
  expect(await timesAsked()).toBe(0);
  clock += 2;
  expect(await timesAsked()).toBe(1);
  expect(await timesAsked()).toBe(0);
});

test('what PostgreSQL answered in its place is not remembered as the answer of the server', async () => {
  fails = true;
  expect([await timesAsked(), await timesAsked()]).toEqual([1, 1]);
});

test('remembered answers do not hide that the server fails', async () => {
  await timesAsked();
  fails = true;
  for (let n = 0; n < 5; n += 1) {
    for (let again = 0; again < 10; again += 1) expect(await timesAsked()).toBe(0);
    await timesAsked({ q: `흑연 ${n}` });
  }
  expect(engine.status().answering).toBe('postgres');
});
