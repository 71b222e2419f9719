import type { MultiSearchQuery } from 'meilisearch';
import { describe, expect, test } from 'vitest';
import { lexicon } from './lexicon-file.ts';
import { MeiliClient, type SearchAnswer } from './meili-client.ts';
import { runQuery } from './meili-query.ts';
import type { SearchRequest } from './port.ts';
import { toLetters } from '#lib/domain/search/hangul.ts';

/** Words that the lexicon does not know; names of many companies contain each. */
const UNKNOWN = [
  'zorbatin',
  'kelvamor',
  'dranovic',
  'pulestor',
  'wembrali',
  'gontrevi',
  'hasquolm',
  'fribundo',
];
const NAMES_EACH = 30;

const vocabulary = UNKNOWN.flatMap((word) =>
  Array.from({ length: NAMES_EACH }, (_, n) => {
    const name = `${word}${String.fromCharCode(97 + (n % 26), 97 + n)}`;
    return { word: name, letters: toLetters(name), field: 'n' };
  }),
);

/** A server of which the answers are made up: the search that is asked for as the `enough`th and wider ones find. */
class Told extends MeiliClient {
  readonly requests: number[][] = [];
  private readonly enough: number;
  private counted = 0;

  constructor(enough: number) {
    super({ url: 'http://127.0.0.1:9', key: null });
    this.enough = enough;
  }

  override search(queries: readonly MultiSearchQuery[]): Promise<SearchAnswer[]> {
    const words = queries[0]?.indexUid.endsWith('_words') ?? false;
    if (!words) this.requests.push(queries.map(({ filter }) => String(filter).length));
    return Promise.resolve(
      queries.map(({ indexUid }) => ({
        indexUid,
        hits: words ? vocabulary : [],
        estimatedTotalHits: words || ++this.counted < this.enough ? 0 : 12,
      })),
    );
  }
}

/** The sizes of filters in each request that searches documents. */
async function asked(request: Partial<SearchRequest>, enough: number): Promise<number[][]> {
  const client = new Told(enough);
  const deps = { client, lexicon: lexicon(), known: () => Promise.resolve(null) };
  const whole = { kind: 'company', q: '', audience: { kind: 'public' }, ...request } as const;
  await runQuery(deps, whole, AbortSignal.timeout(10_000));
  return client.requests;
}

const HEAVY = UNKNOWN.join(' ');
const LIGHT = 'graphite zorbatin';
/** Counts of the first request: by name, the strictest reading, and two tiers. */
const FIRST = 4;

describe('wider readings of a query', () => {
  test('of many unknown words are asked for one by one, until one finds enough', async () => {
    const [first, second, ...rest] = await asked({ q: HEAVY }, FIRST + 1);
    expect(first).toHaveLength(FIRST);
    expect(second).toHaveLength(1);
    // The candidates and the count of what was found: the widest reading was not asked for.
    expect(rest).toHaveLength(1);
  });

  test('are each asked for once where none finds anything', async () => {
    const [, ...wider] = await asked({ q: HEAVY }, Infinity);
    expect(wider.map(({ length }) => length)).toEqual([1, 1]);
  });

  test('of few words are asked for at once', async () => {
    const [, ...wider] = await asked({ q: LIGHT }, Infinity);
    expect(wider.map(({ length }) => length)).toEqual([2]);
  });

  test('are counted in turn under filters that hide everything', async () => {
    const filters = { mineral: ['graphite'] };
    const [, , , ...counts] = await asked({ q: HEAVY, facets: true, filters }, Infinity);
    // The whole and the facet that is filtered by.
    expect(counts.map(({ length }) => length)).toEqual([2, 2, 2]);
  });
});
