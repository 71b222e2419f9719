import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { evaluationDocuments } from '../search/evaluate.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';

/** What is PostgreSQL's own: which indexes answer. The rest is in search-contract.test.ts. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  const { documents } = evaluationDocuments();
  async function* all() {
    yield await Promise.resolve(documents);
  }
  await new PostgresSearch(database.db, lexicon()).rebuild('company', all());
});

afterAll(async () => {
  await database.drop();
});

describe('plans', () => {
  it('find hits by the index, not by reading every row', async () => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select id from search_company where tokens @@ '''g:graphite'' | ''n:해솔'':*'::tsquery`.execute(
      await withoutSeqscan(),
    );
    expect(rows.map((r) => r['QUERY PLAN']).join('\n')).toContain('search_company_tokens');
  });

  it('keep every index after a rebuild', async () => {
    const { rows } = await sql<{ name: string }>`
      select indexname as name from pg_indexes where tablename in ('search_company', 'search_company_word')`.execute(
      database.db,
    );
    expect(rows.map((r) => r.name).sort()).toEqual([
      ...['search_company_letters', 'search_company_name_en', 'search_company_name_ko'],
      ...['search_company_order', 'search_company_pkey', 'search_company_tokens', 'search_company_updated'],
      ...['search_company_word_letters', 'search_company_word_pkey'],
    ]);
  });

  async function withoutSeqscan() {
    await sql`set enable_seqscan = off`.execute(database.db);
    return database.db;
  }
});
