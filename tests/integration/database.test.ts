import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { migrateToLatest, pendingMigrations } from '#lib/server/platform/migrate.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test('the schema is complete and a second migration changes nothing', async () => {
  expect(await pendingMigrations(database.db)).toEqual([]);
  expect(await migrateToLatest(database)).toEqual([]);
});

test('trigrams see Hangul', async () => {
  const { rows } = await sql<{ n: number }>`select cardinality(show_trgm('니켈')) as n`.execute(database.db);
  expect(rows[0]?.n).toBeGreaterThan(0);
});
