import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { idOf, takeRecords } from '../support/records.ts';
import { startScriptedMeili, type ScriptedMeili } from '../support/scripted-meili.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { searches } from '#lib/server/platform/metrics.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { rebuildAlone, reindex } from '#lib/server/search/index-job.ts';
import { brought, countWaiting, waitingFor } from '#lib/server/search/outbox-queries.ts';
import { bringNow, rebuildMissing, syncServer } from '#lib/server/search/sync-job.ts';
import { verify } from '#lib/server/search/verify.ts';

/** The search server follows PostgreSQL: at once when it is there, without loss when it was away. */

let database: TestDatabase;
let server: ScriptedMeili;

const context = () => systemContext(database.db, 'search.sync', () => new Date());
const parts = () => searchParts(database.db);
const held = async (id: string) => (await parts().meilisearch?.held('company', [id]))?.[0];
const drift = () => verify(database.db, { engine: 'meilisearch', kinds: ['company'] });
const firm = (n: number) => idOf(database, 'organisation', 'sync', `c${n}`);

async function rename(n: number, name: string): Promise<string> {
  const id = await firm(n);
  await database.db.updateTable('organisation').set({ name_ko: name }).where('id', '=', id).execute();
  await database.db.insertInto('entity_change').values({ kind: 'company', id }).execute();
  await reindex(database.db, 'company', [id]);
  return id;
}

beforeAll(async () => {
  database = await createDatabase();
  server = await startScriptedMeili();
  vi.stubEnv('MEILI_URL', server.url);
  await takeRecords(database, 'sync', {
    companies: ['가', '나', '다', '라', '마'].map((name, n) => ({
      ...{ id: `c${n}`, brn: `102000000${n}`, name_ko: `${name}온흑연`, size: 'sme' as const },
      ...{ languages: ['ko'], status: 'vetted' as const, summary_ko: '흑연 선광 설비' },
    })),
  });
  for (const kind of ['company', 'opportunity', 'project'] as const)
    await rebuildMissing(context(), { kind });
  await bringNow(database.db);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
  await database.drop();
});

test('an index that is missing is built from the tables', async () => {
  expect(parts().meilisearch).not.toBeNull();
  expect(await drift()).toEqual([]);
  expect((await parts().meilisearch?.health())?.documents.company).toBe(5);
});

test('a change is noted, and brought by the job', async () => {
  const id = await rename(0, '새로온흑연');
  expect(await countWaiting(database.db)).toBe(1);
  expect((await held(id))?.['name_ko']).toBe('가온흑연');
  await syncServer(context());
  expect(await countWaiting(database.db)).toBe(0);
  expect((await held(id))?.['name_ko']).toBe('새로온흑연');
});

describe('while the server is away', () => {
  test('PostgreSQL is written all the same, and the server gets it when it is back', async () => {
    await server.become('refuses');
    const id = await rename(1, '멀리온흑연');
    const found = await parts().postgres.query({
      kind: 'company',
      q: '멀리온흑연',
      audience: { kind: 'public' },
    });
    expect(found.hits[0]?.id).toBe(id);
    await syncServer(context());
    expect(await countWaiting(database.db)).toBe(1);
    await server.become(null);
    await syncServer(context());
    expect(await countWaiting(database.db)).toBe(0);
    expect((await held(id))?.['name_ko']).toBe('멀리온흑연');
  });

  test('an index that is wanted anew stays wanted', async () => {
    await server.become('refuses');
    await rebuildMissing(context(), { kind: 'company' });
    await server.become(null);
    const { rows } = await sql<{ key: string }>`
      select key from graphile_worker.jobs where task_identifier = 'search.rebuild'`.execute(database.db);
    expect(rows).toContainEqual({ key: 'search.rebuild:company' });
  });
});

test('what changes again while it is sent stays noted', async () => {
  const id = await rename(2, '한번온흑연');
  const lines = await waitingFor(database.db, 'company', 10);
  await rename(2, '두번온흑연');
  await brought(database.db, 'company', lines);
  expect((await waitingFor(database.db, 'company', 10)).map((line) => line.id)).toEqual([id]);
  await bringNow(database.db);
  expect((await held(id))?.['name_ko']).toBe('두번온흑연');
});

test('changes during a rebuild are not lost', async () => {
  const changing = (async () => {
    for (let n = 0; n < 12; n += 1) await rename(n % 5, `차례온흑연${n}`);
  })();
  const [, count] = await Promise.all([changing, rebuildAlone(database.db, 'meilisearch', 'company')]);
  expect(count).toBe(5);
  await bringNow(database.db);
  expect(await drift()).toEqual([]);
  expect((await held(await firm(1)))?.['name_ko']).toBe('차례온흑연11');
});

test('what differs is found document by document, and repaired', async () => {
  const { meilisearch } = parts();
  const [lost, kept] = [await firm(3), await firm(4)];
  await meilisearch?.remove('company', [{ id: lost, version: Number.MAX_SAFE_INTEGER }]);
  await database.db
    .updateTable('organisation')
    .set({ name_en: 'Otherwise' })
    .where('id', '=', kept)
    .execute();
  const found = await verify(database.db, { engine: 'meilisearch', kinds: ['company'], fix: true });
  expect(found.map(({ id, what }) => [id, what]).sort()).toEqual(
    [
      [lost, 'missing'],
      [kept, 'stale'],
    ].sort(),
  );
  expect(await drift()).toEqual([]);
});

test('a slow database is no fault of the server', async () => {
  const slow: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await sleep(250);
      return result;
    },
  };
  const { fallback } = searchParts(database.db.withPlugin(slow));
  if (!fallback) throw new Error('no server is set');
  const audience = { kind: 'public' } as const;
  const answered = async () => {
    const { values } = await searches.get();
    const of = values.filter(
      ({ labels }) => labels.engine === 'meilisearch' && labels.outcome === 'answered',
    );
    return of.reduce((sum, { value }) => sum + value, 0);
  };
  // Again, should the machine keep the server waiting for so long; a slow database does so every time.
  const byServer = async (search: () => Promise<unknown>) => {
    await fallback.look();
    const before = await answered();
    await search();
    return (await answered()) - before;
  };
  const patience = { timeout: 30_000 };
  await expect
    .poll(() => byServer(() => fallback.query({ kind: 'company', q: '흑연 설비', audience })), patience)
    .toBe(1);
  await expect
    .poll(() => byServer(() => fallback.suggest({ q: '흑연', audience, lang: 'ko' })), patience)
    .toBe(1);
  fallback.stop();
});
