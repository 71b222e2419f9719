import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { fillCompanyIndex } from '../support/search-scale.ts';
import { evaluationDocuments } from '../search/evaluate.ts';
import { QUERIES } from '../search/queries.ts';
import type { SearchDocument } from '#lib/domain/search/document.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import type { Audience, SearchRequest } from '#lib/server/search/port.ts';
import { Held } from '#lib/server/search/held.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';
import { fold } from '#lib/server/search/segment-store.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What is PostgreSQL's own: which indexes answer, and what is held in memory. The rest is in search-contract.test.ts. */

const PUBLIC: Audience = { kind: 'public' };

async function* all(documents: readonly SearchDocument[]) {
  yield await Promise.resolve(documents);
}

describe('held in memory', () => {
  const { documents } = evaluationDocuments();
  let database: TestDatabase;
  let memory: Held;
  let held: PostgresSearch;
  let alone: PostgresSearch;

  beforeAll(async () => {
    database = await createDatabase();
    memory = new Held(database.db);
    held = new PostgresSearch(database.db, lexicon(), memory);
    alone = new PostgresSearch(database.db, lexicon(), null);
    await held.rebuild('company', all(documents));
    await memory.warm();
  });

  afterAll(() => database.drop());

  const both = async (request: Partial<SearchRequest>) => {
    const whole = {
      kind: 'company',
      q: '',
      audience: PUBLIC,
      facets: true,
      explain: true,
      ...request,
    } as const;
    return [await held.query(whole), await alone.query(whole)] as const;
  };

  it('answers exactly as PostgreSQL alone', async () => {
    for (const q of ['', ...QUERIES.map((query) => query.q)]) {
      const [a, b] = await both({ q });
      // Which of very many similar names are marked is left to chance on either side.
      expect([q, { ...a, terms: null }]).toEqual([q, { ...b, terms: null }]);
    }
  });

  it('pages and filters exactly as PostgreSQL alone', async () => {
    const filters = { mineral: ['graphite', 'nickel'], status: ['vetted', 'registered'] };
    for (const q of ['', '소재', '이차전지 소재'])
      for (const offset of [0, 90, 130, 395]) {
        const [a, b] = await both({ q, filters, offset, limit: 40 });
        expect(a).toEqual(b);
      }
  });

  it('follows changes, also before a new segment is made', async () => {
    const [first, second, third] = documents as [SearchDocument, SearchDocument, SearchDocument];
    const id = (d: SearchDocument) => ({ id: d.id, version: 50 });
    const hidden = {
      ...second,
      version: 50,
      visibility: 'hidden',
      owner: 'org-o',
      invited: ['org-i'],
    } as const;
    const fresh = { ...third, id: 'zz-new', version: 50, updatedAt: new Date('2030-01-01'), owner: null };
    await held.upsert([hidden, fresh]);
    await held.remove('company', [id(first)]);
    const audiences: Audience[] = [
      PUBLIC,
      { kind: 'official' },
      { kind: 'company', organisationId: 'org-o', vetted: true },
      { kind: 'lead', organisationId: 'org-i' },
      { kind: 'lead', organisationId: null },
    ];
    const compare = async () => {
      for (const audience of audiences)
        for (const q of ['', third.nameKo, '흑연', '음극재 공장']) {
          const [a, b] = await both({ q, audience, limit: 100 });
          expect(a).toEqual(b);
        }
    };
    await compare();
    const [added] = await both({ q: third.nameKo });
    expect(added.hits.map((h) => h.id)).toContain('zz-new');
    await fold(database.db, 'company');
    await memory.warm();
    await compare();
    await held.remove('company', [{ id: 'zz-new', version: 60 }]);
    await held.upsert([{ ...first, version: 60 }]);
    await compare();
  });

  it('words are written again after a rebuild by another process', async () => {
    const [one] = documents as [SearchDocument];
    const word = { word: 'quillfern', letters: 'quillfern', field: 'w' } as const;
    const named = (version: number) => ({ ...one, id: 'zz-word', version, vocabulary: [word] });
    await held.upsert([named(60)]);
    await alone.rebuild('company', all(documents));
    await held.upsert([named(61)]);
    const { rows } = await sql`select from search_company_word where word = 'quillfern'`.execute(database.db);
    expect(rows).toHaveLength(1);
    await held.remove('company', [{ id: 'zz-word', version: 62 }]);
  });

  it('does not outlive a rebuild', async () => {
    await held.rebuild('company', all(documents.slice(0, 50)));
    expect((await held.query({ kind: 'company', q: '', audience: PUBLIC })).total).toBe(50);
    await memory.warm();
    const [a, b] = await both({ q: '소재' });
    expect(a).toEqual(b);
  });
});

describe('plans at 100,000 rows', () => {
  let database: TestDatabase;
  let held: PostgresSearch;
  let alone: PostgresSearch;
  let asked: { sql: string; parameters: readonly unknown[] }[] = [];

  beforeAll(async () => {
    database = await createDatabase();
    await fillCompanyIndex(database.db, 100_000);
    await fold(database.db, 'company');
    const db = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: database.pool }),
      log: ({ query }) => void asked.push({ sql: query.sql, parameters: query.parameters }),
    });
    const memory = new Held(db);
    held = new PostgresSearch(db, lexicon(), memory);
    alone = new PostgresSearch(db, lexicon(), null);
    await memory.warm();
  });

  afterAll(() => database.drop());

  /** The plans of all that a search asks of PostgreSQL, under the settings that it makes itself and no others. */
  async function plansOf(search: () => Promise<unknown>): Promise<string> {
    asked = [];
    await search();
    const client = await database.pool.connect();
    const plans: string[] = [];
    try {
      for (const { sql: text, parameters } of asked) {
        const plain = /^\s*\(?select/.test(text) && !text.includes('set_config');
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(plain ? `explain ${text}` : text, [
          ...parameters,
        ]);
        if (plain) plans.push(text, ...rows.map((row) => row['QUERY PLAN']));
      }
    } finally {
      client.release();
    }
    return plans.join('\n');
  }

  const WHOLE_TABLE = /Seq Scan on "?search_company(_word)?\b/;
  const SHAPES = {
    'a word of half the documents': { q: '리튬' },
    'a word of few documents': { q: '갈륨' },
    'two words': { q: '흑연 소재' },
    'a name': { q: '가온소재777' },
    'the beginning of names': { q: '가온소' },
    'first consonants': { q: 'ㄱㅇㅅㅈ' },
    'a slip in a name': { q: '가온소제4711' },
    'a slip in a Latin name': { q: 'gaonmateirals4711' },
    'the other keyboard layout': { q: 'rkdhsthwo12' },
    'part of names': { q: '소재4711' },
    'a sentence': { q: '리튬을 선광하는 설비를 다루는 회사를 찾습니다' },
    'a number': { q: '4711' },
    'a filtered word': { q: '니켈', filters: { mineral: ['cobalt'], status: ['registered'] } },
    'a filtered list': { q: '', filters: { mineral: ['tungsten'] } },
    'a far page': { q: '리튬', offset: 900 },
    'sorted by name': { q: '텅스텐', sort: 'name' },
    'sorted by newest': { q: '텅스텐', sort: 'newest' },
  } satisfies Record<string, Partial<SearchRequest>>;

  const request = (more: Partial<SearchRequest>): SearchRequest => ({
    ...{ kind: 'company', q: '', audience: PUBLIC, facets: true, limit: 20 },
    ...more,
  });

  it.each(Object.entries(SHAPES))('%s: no table of the index is read through', async (_, shape) => {
    expect(await plansOf(() => held.query(request(shape)))).not.toMatch(WHOLE_TABLE);
  });

  it.each(Object.entries(SHAPES).filter(([, { q }]) => q !== ''))(
    '%s, by PostgreSQL alone',
    async (_, shape) => {
      const plans = await plansOf(() => alone.query(request(shape)));
      expect(plans).toContain('search_company_tokens');
      expect(plans).not.toMatch(WHOLE_TABLE);
    },
  );

  it.each(['가온', 'gao', 'ㄱㅇ', '소재'])('suggestions for %s', async (q) => {
    for (const engine of [held, alone]) {
      const plans = await plansOf(() => engine.suggest({ q, audience: PUBLIC, lang: 'ko' }));
      expect(plans).toMatch(/search_company_(tokens|pkey)/);
      expect(plans).not.toMatch(WHOLE_TABLE);
    }
  });

  it('the whole list is counted in memory and read by its order', async () => {
    const plans = await plansOf(() => held.query(request({})));
    expect(plans).toContain('search_company_pkey');
    expect(plans).not.toMatch(WHOLE_TABLE);
  });

  it('changes since the segment are read by their index', async () => {
    const [document] = evaluationDocuments().documents;
    if (document) await held.upsert([{ ...document, version: 9 }]);
    const plans = await plansOf(() => held.query(request({ q: '흑연' })));
    expect(plans).toContain('search_company_changed');
    expect(plans).not.toMatch(WHOLE_TABLE);
  });
});

describe('the schema', () => {
  it('keeps every index after a rebuild', async () => {
    const database = await createDatabase();
    await new PostgresSearch(database.db, lexicon(), null).rebuild(
      'company',
      all(evaluationDocuments().documents),
    );
    const { rows } = await sql<{ name: string }>`
      select indexname as name from pg_indexes where tablename in ('search_company', 'search_company_word')`.execute(
      database.db,
    );
    await database.drop();
    expect(rows.map((r) => r.name).sort()).toEqual([
      ...['search_company_changed', 'search_company_length', 'search_company_letters'],
      ...['search_company_name_en', 'search_company_name_ko', 'search_company_order', 'search_company_pkey'],
      ...['search_company_tokens', 'search_company_updated'],
      ...['search_company_word_letters', 'search_company_word_pkey'],
    ]);
  });
});
