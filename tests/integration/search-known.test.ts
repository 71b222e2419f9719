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

/** Whether the search server names candidates whose tokens the process holds, or sends their tokens: the same answers. */

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
  let knowing: MeiliEngine;
  let alone: MeiliEngine;
  let used = 0;

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
    knowing = createMeiliEngine({
      ...options,
      known: async (kind) => {
        const view = await held.upToDate(kind);
        if (view) used += 1;
        return view;
      },
    });
  }, 60_000);

  afterAll(async () => {
    await alone.drop();
    await database.drop();
  });

  const both = async (request: Partial<SearchRequest>) => {
    const whole = { kind: 'company', q: '', audience: { kind: 'public' }, ...request } as const;
    return [await knowing.query(whole), await alone.query(whole)] as const;
  };

  it('give the same answers, with the same reasons', async () => {
    for (const { q } of QUERIES) {
      const [a, b] = await both({ q, facets: true, explain: true });
      expect([q, a]).toEqual([q, b]);
    }
    expect(used).toBe(QUERIES.length);
  }, 120_000);

  it('give the same pages and counts under filters', async () => {
    const filters = { mineral: ['graphite', 'nickel'], status: ['vetted', 'registered'] };
    for (const q of ['소재', '이차전지 소재', 'flxba'])
      for (const offset of [0, 90, 110]) {
        const [a, b] = await both({ q, filters, facets: true, offset, limit: 15 });
        expect([q, offset, a]).toEqual([q, offset, b]);
      }
  }, 60_000);

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
});
