import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluationDocuments } from '../search/evaluate.ts';
import { QUERIES } from '../search/queries.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import type { FacetValues, SearchDocument } from '#lib/domain/search/document.ts';
import type { Finder } from '#lib/domain/search/finder.ts';
import { Percolator } from '#lib/domain/search/percolate.ts';
import { parseQuery } from '#lib/domain/search/query.ts';
import { probesOf } from '#lib/domain/search/resolve.ts';
import { watchedFilters, watchedWords } from '#lib/domain/search/watch.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import type { SearchResult } from '#lib/server/search/port.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';
import { lookUpWords } from '#lib/server/search/vocabulary.ts';

/** Whatever is searched for, as whomever: the compiled set finds the documents that a list finds which is not widened. */

const OWNERS = ['00000000-0000-7000-8000-000000000901', '00000000-0000-7000-8000-000000000902'] as const;
const RUNS = 150;
const PAGE = 100;

/** The made-up companies, every third of them hidden from somebody. */
const documents = evaluationDocuments().documents.map((document, i): SearchDocument => {
  const owner = OWNERS[i % 2] ?? null;
  const visibility =
    i % 3 === 0 ? (['vetted', 'invited', 'private'] as const)[i % 9 === 0 ? 0 : i % 2 ? 1 : 2] : 'public';
  return { ...document, owner, invited: i % 4 === 0 ? [OWNERS[1]] : [], visibility };
});

let database: TestDatabase;
let engine: PostgresSearch;

async function* inOne(): AsyncGenerator<readonly SearchDocument[]> {
  yield await Promise.resolve(documents);
}

beforeAll(async () => {
  database = await createDatabase();
  engine = new PostgresSearch(database.db, lexicon(), null);
  await engine.rebuild('company', inOne());
});
afterAll(() => database.drop());

interface Search {
  q: string;
  filters: FacetValues;
  audience: Finder;
}

const words = documents.flatMap(({ nameKo, nameEn }) => `${nameKo} ${nameEn}`.split(' '));
const facets = fc.record(
  {
    mineral: fc.uniqueArray(fc.constantFrom('graphite', 'lithium', 'nickel', '@rare-earths'), {
      minLength: 1,
    }),
    country: fc.uniqueArray(fc.constantFrom('TZ', 'AU', 'ID', '@africa'), { minLength: 1 }),
    size: fc.uniqueArray(fc.constantFrom('sme', 'midsize', 'large'), { minLength: 1 }),
  },
  { requiredKeys: [] },
);
const search: fc.Arbitrary<Search> = fc.record({
  q: fc.oneof(
    fc.constantFrom(...QUERIES.map(({ q }) => q)),
    fc.constantFrom(...words),
    fc
      .tuple(fc.constantFrom(...words), fc.constantFrom('흑연', 'lithium', '제련', 'ㅎㅇ'))
      .map((pair) => pair.join(' ')),
  ),
  filters: fc.oneof(fc.constant({}), facets),
  audience: fc.oneof(
    fc.constantFrom<Finder>({ kind: 'public' }, { kind: 'official' }),
    fc.record({
      kind: fc.constant('company' as const),
      organisationId: fc.constantFrom(...OWNERS),
      vetted: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('lead' as const), organisationId: fc.constantFrom(...OWNERS) }),
  ),
});

async function listed(asked: Search): Promise<{ ids: string[]; notes: SearchResult['notes'] }> {
  const ids: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { hits, notes } = await engine.query({ kind: 'company', ...asked, offset, limit: PAGE });
    ids.push(...hits.map((hit) => hit.id));
    if (hits.length < PAGE) return { ids: ids.sort(), notes };
  }
}

async function percolated({ q, filters, audience }: Search): Promise<string[]> {
  const vocabulary = await database.db
    .transaction()
    .execute((tx) => lookUpWords(tx, 'company', probesOf(parseQuery(lexicon(), q, 'company'))));
  const set = new Percolator();
  const node = set.compile(watchedWords(lexicon(), q, 'company', vocabulary));
  set.add(OWNERS[0], set.all([node, set.compile(watchedFilters(filters))]), audience);
  return documents
    .filter((document) => set.match(document).length > 0)
    .map(({ id }) => id)
    .sort();
}

it('the compiled set agrees with the engine', async () => {
  let compared = 0;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(search, async (asked) => {
      const list = await listed(asked);
      // A list may be widened, and leaves words out that are nowhere; a saved search is not and does not.
      if (list.notes.some(({ kind }) => kind === 'widened' || kind === 'dropped')) return;
      expect(await percolated(asked)).toEqual(list.ids);
      compared += 1;
      found += list.ids.length;
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS / 4);
  expect(found).toBeGreaterThan(compared);
});
