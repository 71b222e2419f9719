import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, official, organisation } from '../support/trade.ts';
import { VISITOR, type Actor } from '#lib/domain/account/actor.ts';
import { rebuild } from '#lib/server/search/index-job.ts';
import { explainedHits } from '#lib/server/search/list-queries.ts';
import { searchCompanies } from '#lib/server/search/queries.ts';

/** Why a search found what it found: for officials, and for nobody else. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  const { organisationId } = await organisation(database, { name: '나래흑연' });
  await database.db
    .updateTable('company')
    .set({ summary_ko: '텅스텐을 가공합니다.' })
    .where('organisation_id', '=', organisationId)
    .execute();
  await rebuild(database.db);
});
afterAll(() => database.drop());

async function explained(actor: Actor, q: string) {
  const ctx = contextOf(database, actor);
  const found = await searchCompanies(ctx, { q });
  expect(found.total).toBeGreaterThan(0);
  return explainedHits(
    ctx,
    found,
    found.ids.map((id) => ({ id, name: { ko: '나래흑연', en: '' } })),
  );
}

it('names field and rule of each hit to officials', async () => {
  const desk = await official(database);
  expect(await explained(desk, '나래흑연')).toMatchObject([{ rule: 'name' }]);
  const [hit] = await explained(desk, '중석');
  expect(hit).toMatchObject({ rule: 'content' });
  expect(hit?.reasons).toMatchObject([{ text: '중석', field: 'mention', token: 'm:tungsten' }]);
});

it('says nothing of it to anyone else', async () => {
  expect(await explained(VISITOR, '중석')).toEqual([]);
});
