import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { takeRecords } from '../support/records.ts';
import { SLOW_MS, startScriptedMeili, type Fault, type ScriptedMeili } from '../support/scripted-meili.ts';
import { registry } from '#lib/server/platform/metrics.ts';
import { BREAKER_RULES } from '#lib/server/search/breaker.ts';
import { withFallback, type FallbackEngine } from '#lib/server/search/fallback.ts';
import { INDEX_KINDS } from '#lib/domain/search/document.ts';
import { rebuildIn } from '#lib/server/search/index-job.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine } from '#lib/server/search/meili.ts';
import type { SearchEngine, SearchRequest } from '#lib/server/search/port.ts';
import { Held } from '#lib/server/search/held.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';

/** Whatever the search server does, a query is answered properly, in the same request and within the limit. */

const LIMIT_MS = 150;

const NAMES = { primary: 'meilisearch', secondary: 'postgres' };
const request: SearchRequest = {
  ...{ kind: 'company', q: '흑연 선광', audience: { kind: 'public' }, facets: true, limit: 10 },
};

let database: TestDatabase;
let server: ScriptedMeili;
let postgres: SearchEngine;
let engine: FallbackEngine;
let said: string[];

beforeAll(async () => {
  database = await createDatabase();
  const capability = { id: 'k', capability: 'graphite-flake-plant', minerals: ['graphite'] };
  await takeRecords(database, 'faults', {
    companies: ['가', '나', '다', '라', '마', '바', '사'].map((name, n) => ({
      ...{ id: `c${n}`, brn: `101000000${n}`, name_ko: `${name}람흑연`, size: 'sme' as const },
      ...{ languages: ['ko'], status: 'vetted' as const, summary_ko: '흑연 선광 설비' },
      capabilities: [{ ...capability, evidence: 'audited' as const }],
    })),
  });
  postgres = new PostgresSearch(database.db, lexicon(), new Held(database.db));
  server = await startScriptedMeili();
  const direct = createMeiliEngine({ url: server.url, key: null });
  for (const kind of INDEX_KINDS) await rebuildIn(database.db, 'meilisearch', direct, kind);
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

beforeEach(async () => {
  said = [];
  const say = (_values: object, line: string) => void said.push(line);
  engine = withFallback(createMeiliEngine({ url: server.url, key: null }), postgres, {
    ...{ names: NAMES, timeLimitMs: LIMIT_MS, lookEveryMs: 60_000 },
    rules: { ...BREAKER_RULES, probeAfterMs: 50, longestWaitMs: 100 },
    log: { warn: say, info: say },
  });
  // Its answer, too, has to come within the limit.
  await expect.poll(async () => (await engine.look()).answering).toBe('meilisearch');
});

afterEach(async () => {
  engine.stop();
  await server.become(null);
});

async function until(answering: string): Promise<void> {
  await expect.poll(() => engine.status().answering, { interval: 20 }).toBe(answering);
}

async function metric(name: string, labels: Record<string, string>): Promise<number> {
  const found = await registry.getSingleMetric(`gwangmaek_search_${name}`)?.get();
  const values = found?.values.filter(({ labels: of }) => {
    const given: Record<string, unknown> = of;
    return Object.entries(labels).every(([key, value]) => given[key] === value);
  });
  return values?.reduce((sum, { value }) => sum + value, 0) ?? 0;
}

/** Faults that a query notices; old settings are seen by a look only. */
const NOTICED: [what: string, fault: Fault][] = [
  ['refuses connections', 'refuses'],
  ['hangs', 'hangs'],
  ['answers 500', '500'],
  ['answers nonsense', 'nonsense'],
  ['is slow', 'slow'],
  ['loses an index', 'lost-index'],
];

describe.each(NOTICED)('a server that %s', (_what, fault) => {
  test('each query is answered by PostgreSQL in the same request, within the limit', async () => {
    const wanted = await postgres.query(request);
    expect(wanted.total).toBe(7);
    await server.become(fault);
    for (let n = 0; n < BREAKER_RULES.failures + 3; n += 1) {
      const began = performance.now();
      expect(await engine.query(request)).toEqual(wanted);
      // Nobody waited for a slow server.
      expect(performance.now() - began).toBeLessThan(SLOW_MS);
    }
    expect(engine.status().answering).toBe('postgres');
  });

  test('so are suggestions', async () => {
    const typed = { q: '가람', audience: { kind: 'public' }, lang: 'ko' } as const;
    const wanted = await postgres.suggest(typed);
    expect(wanted.map(({ text }) => text)).toContain('가람흑연');
    await server.become(fault);
    expect(await engine.suggest(typed)).toEqual(wanted);
  });

  test('it is left alone, and asked again when it is well', async () => {
    await server.become(fault);
    for (let n = 0; n < BREAKER_RULES.failures; n += 1) await engine.query(request);
    expect(engine.status().answering).toBe('postgres');
    expect(engine.status().faults.length).toBeGreaterThan(0);
    // Time for some probes, all of which must fail.
    await sleep(250);
    expect(engine.status().answering).toBe('postgres');
    await server.become(null);
    await until('meilisearch');
    expect((await engine.query(request)).total).toBeGreaterThan(0);
    expect(said).toEqual([
      'the search server answers',
      'the search server is left alone',
      'the search server answers',
    ]);
  });

  test('the metrics tell', async () => {
    const counted = async () => ({
      fallbacks: await metric('fallbacks_total', {}),
      failed: (await metric('queries_total', { engine: 'meilisearch' })) - (await answered('meilisearch')),
      postgres: await answered('postgres'),
    });
    const answered = (by: string) => metric('queries_total', { engine: by, outcome: 'answered' });
    const before = await counted();
    await server.become(fault);
    for (let n = 0; n < 10; n += 1) await engine.query(request);
    const after = await counted();
    expect(after.fallbacks - before.fallbacks).toBe(10);
    expect(after.failed - before.failed).toBe(BREAKER_RULES.failures);
    expect(after.postgres - before.postgres).toBe(10);
    expect(await metric('breaker_state', { state: 'closed' })).toBe(0);
  });
});

test('a server with the settings of another version is left alone until it is rebuilt', async () => {
  await server.become('old-settings');
  expect((await engine.look()).answering).toBe('postgres');
  expect(engine.status()).toMatchObject({ seen: { settings: 'old' } });
  expect(await engine.query(request)).toEqual(await postgres.query(request));
  await server.become(null);
  await until('meilisearch');
});

test('a server that lost its documents is left alone', async () => {
  const empty = await startScriptedMeili();
  const other = withFallback(createMeiliEngine({ url: empty.url, key: null }), postgres, {
    ...{ names: NAMES, log: { warn: () => undefined, info: () => undefined } },
  });
  expect((await other.look()).answering).toBe('postgres');
  expect((await other.query(request)).total).toBe(7);
  other.stop();
  await empty.stop();
});
