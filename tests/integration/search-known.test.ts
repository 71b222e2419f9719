import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationDocuments } from '../search/evaluate.ts';
import { QUERIES } from '../search/queries.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { meiliServer, ownPrefix } from '../support/search-engines.ts';
import type { SearchDocument } from '#lib/domain/search/document.ts';
import { Held } from '#lib/server/search/held.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine, type MeiliEngine } from '#lib/server/search/meili.ts';
import type { SearchRequest } from '#lib/server/search/port.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';

/**
 * Whether the process holds just what the server holds and plans by it, or knows the tokens of the candidates that the
 * server names, or is sent them: the same answers.
 */

const server = await meiliServer();
const { documents } = evaluationDocuments();

async function* all(some: readonly SearchDocument[]) {
  yield await Promise.resolve(some);
}

afterAll(() => server?.stop());

describe.skipIf(server === null)('documents known to the process', () => {
  let database: TestDatabase;
  let postgres: PostgresSearch;
  let held: Held;
  let planning: MeiliEngine;
  let knowing: MeiliEngine;
  let alone: MeiliEngine;
  const used = { planning: 0, knowing: 0 };

  beforeAll(async () => {
    database = await createDatabase();
    held = new Held(database.db);
    postgres = new PostgresSearch(database.db, lexicon(), held);
    await postgres.rebuild('company', all(documents));
    await held.warm();
    const options = {
      ...{ url: server?.url ?? '', key: server?.key ?? null, prefix: ownPrefix() },
      timeouts: { queryMs: 10_000 },
    };
    alone = createMeiliEngine(options);
    await alone.rebuild('company', all(documents));
    const holding = (name: 'planning' | 'knowing') =>
      createMeiliEngine({
        ...options,
        known: async (kind) => {
          const view = await held.upToDate(kind);
          if (view) used[name] += 1;
          return view && { view, exact: name === 'planning' };
        },
      });
    [planning, knowing] = [holding('planning'), holding('knowing')];
  });

  afterAll(async () => {
    await alone.drop();
    await database.drop();
  });

  const asked = (request: Partial<SearchRequest>): SearchRequest => ({
    ...{ kind: 'company', q: '', audience: { kind: 'public' }, ...request },
  });
  const both = async (request: Partial<SearchRequest>) =>
    [await knowing.query(asked(request)), await alone.query(asked(request))] as const;
  const all3 = async (request: Partial<SearchRequest>) =>
    [await planning.query(asked(request)), ...(await both(request))] as const;

  it('give the same answers, with the same reasons', async () => {
    for (const { q } of QUERIES) {
      const [a, b, c] = await all3({ q, facets: true, explain: true });
      expect([q, a]).toEqual([q, c]);
      expect([q, b]).toEqual([q, c]);
    }
    expect(used).toEqual({ planning: QUERIES.length, knowing: QUERIES.length });
  });

  it('are told of before they are counted', async () => {
    const foreseen: (readonly string[])[] = [];
    const found = await planning.query(asked({ q: '리튬', limit: 7, offset: 7 }), {
      foreseen: (ids) => void foreseen.push(ids),
    });
    expect(foreseen).toEqual([found.hits.map(({ id }) => id)]);
  });

  it('give the same pages and counts under filters', async () => {
    const filters = { mineral: ['graphite', 'nickel'], status: ['vetted', 'registered'] };
    for (const q of ['소재', '이차전지 소재', 'flxba'])
      for (const offset of [0, 90, 110]) {
        const [a, b, c] = await all3({ q, filters, facets: true, offset, limit: 15 });
        expect([q, offset, a]).toEqual([q, offset, c]);
        expect([q, offset, b]).toEqual([q, offset, c]);
      }
  });

  it('are known as they are now, also when they have just changed or gone', async () => {
    const [first, gone] = documents;
    if (!first || !gone) throw new Error('no documents');
    const version = first.version + 1000;
    const changed = { ...first, version, tokens: [...first.tokens, 't:unheard'] };
    for (const engine of [postgres, alone]) await engine.upsert([changed]);
    await postgres.remove('company', [{ id: gone.id, version }]);
    const [a, b] = await both({ q: 'unheard', explain: true });
    expect(a.hits.map(({ id }) => id)).toEqual([first.id]);
    expect(a).toEqual(b);
    // The server has not heard yet that it is gone: it is still a hit, and read again before it is shown.
    const [still] = await both({ q: gone.nameKo || gone.nameEn });
    expect(still.hits.map(({ id }) => id)).toContain(gone.id);
  });

  it('count what they list, also while the server is a moment ahead of what the process holds', async () => {
    const [model] = (await alone.query(asked({ q: '인상흑연', limit: 1 }))).hits;
    const document = documents.find(({ id }) => id === model?.id);
    if (!document) throw new Error('no document');
    const version = document.version + 2000;
    const counted = async () => {
      const [planned, , all] = await all3({ q: '인상흑연', limit: 1000, facets: true });
      expect(planned.hits.length).toBe(planned.total);
      expect(new Set(planned.hits.map(({ id }) => id))).toEqual(new Set(all.hits.map(({ id }) => id)));
      expect({ ...planned, hits: [] }).toEqual({ ...all, hits: [] });
      return planned.total;
    };
    const before = await counted();
    await alone.upsert([{ ...document, id: 'ahead', version }]);
    expect(await counted()).toBe(before + 1);
    await alone.remove('company', [
      { id: 'ahead', version: version + 1 },
      { id: document.id, version: version + 1 },
    ]);
    expect(await counted()).toBe(before - 1);
  });
});
