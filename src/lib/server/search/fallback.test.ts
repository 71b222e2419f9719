import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BREAKER_RULES } from './breaker.ts';
import { withFallback, type FallbackEngine } from './fallback.ts';
import type { Call, Health, SearchEngine, SearchRequest, SearchResult } from './port.ts';
import { NO_TERMS } from '#lib/domain/search/highlight.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { registry } from '#lib/server/platform/metrics.ts';

const WORDS = { version: 0, entries: [], lexicon: lexicon() };
const request: SearchRequest = { kind: 'company', q: 'graphite', audience: { kind: 'public' } };

function resultOf(read: string): SearchResult {
  return { total: 1, hits: [], facets: null, notes: [], read, terms: NO_TERMS };
}

/** An engine that does what it is told, and says in `read` that it was it. */
class Puppet implements SearchEngine {
  asked = 0;
  calledOff = 0;
  held: Health = { ok: true, documents: { company: 100, opportunity: 0, project: 0 } };
  answer: (call?: Call) => Promise<void> = () => Promise.resolve();
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  async query(_request: SearchRequest, call?: Call): Promise<SearchResult> {
    this.asked += 1;
    call?.signal?.addEventListener('abort', () => (this.calledOff += 1));
    await this.answer(call);
    return resultOf(this.name);
  }

  async suggest() {
    await this.answer();
    return [{ kind: 'company', text: this.name, id: '1' } as const];
  }

  async health(): Promise<Health> {
    await this.answer();
    return this.held;
  }

  upsert = () => Promise.resolve();
  remove = () => Promise.resolve();
  rebuild = () => Promise.resolve(0);
  hasUnfinished = () => Promise.resolve(false);
}

const fails = () => Promise.reject(new Error('fetch failed', { cause: new Error('ECONNREFUSED') }));
const hangs = () => new Promise<void>(() => undefined);

let server: Puppet;
let postgres: Puppet;
/** What the database does before it says what a search is told. */
let reading: () => Promise<void>;
/** Whether documents are on their way to the server. */
let waiting: boolean;
let engine: FallbackEngine;
let said: string[];

beforeEach(async () => {
  server = new Puppet('server');
  postgres = new Puppet('postgres');
  said = [];
  reading = () => Promise.resolve();
  waiting = false;
  const told = async () => {
    await reading();
    return { known: null };
  };
  const toldOfQuery = async () => {
    const moment = { changes: 1, segment: null, validFrom: 0, waiting, words: WORDS };
    return { ...(await told()), moment };
  };
  const say = (_values: object, line: string) => void said.push(line);
  engine = withFallback(server, postgres, {
    names: { primary: 'server', secondary: 'postgres' },
    timeLimitMs: 25,
    beforehand: { query: toldOfQuery, suggest: told },
    lookEveryMs: 60_000,
    rules: { ...BREAKER_RULES, probeAfterMs: 20, longestWaitMs: 40 },
    log: { warn: say, info: say },
  });
  await engine.look();
  server.asked = 0;
});

afterEach(() => engine.stop());

const asked = async () => (await engine.query(request)).read;

async function until(answering: string): Promise<void> {
  await expect.poll(() => engine.status().answering, { interval: 10 }).toBe(answering);
}

async function metric(name: string, labels: Record<string, string>): Promise<number> {
  const found = await registry.getSingleMetric(name)?.get();
  const same = (of: Partial<Record<string, string | number>>) =>
    Object.entries(labels).every(([key, value]) => of[key] === value);
  return found?.values.find((value) => same(value.labels))?.value ?? 0;
}

describe('a server in order', () => {
  test('answers queries and suggestions', async () => {
    expect(await asked()).toBe('server');
    expect((await engine.suggest({ q: 'gr', audience: { kind: 'public' }, lang: 'en' }))[0]?.text).toBe(
      'server',
    );
    expect(postgres.asked).toBe(0);
  });

  test('is asked nothing before the first look', async () => {
    const fresh = withFallback(server, postgres, {
      names: { primary: 'server', secondary: 'postgres' },
      log: { warn: () => undefined, info: () => undefined },
    });
    expect((await fresh.query(request)).read).toBe('postgres');
    fresh.stop();
  });
});

describe('a server that documents are on their way to', () => {
  test('is not asked until it has them, and is in order all the same', async () => {
    const behind = () => metric('gwangmaek_search_fallbacks_total', { reason: 'behind' });
    const before = await behind();
    waiting = true;
    for (let n = 0; n < 12; n += 1) expect(await asked()).toBe('postgres');
    expect(server.asked).toBe(0);
    expect((await behind()) - before).toBe(12);
    expect(await engine.look()).toMatchObject({ answering: 'server', breaker: 'closed', faults: [] });
    waiting = false;
    expect(await asked()).toBe('server');
  });
});

describe('a server that fails', () => {
  test('each query is answered by PostgreSQL, then it is left alone, and asked again when it is back', async () => {
    server.answer = fails;
    for (let n = 0; n < 12; n += 1) expect(await asked()).toBe('postgres');
    expect(server.asked).toBe(BREAKER_RULES.failures);
    expect(engine.status()).toMatchObject({ answering: 'postgres' });
    expect(engine.status().faults[0]?.message).toBe('fetch failed: ECONNREFUSED');
    server.answer = () => Promise.resolve();
    await until('server');
    expect(await asked()).toBe('server');
  });

  test('the log has a line for each change, not for each query', async () => {
    server.answer = fails;
    for (let n = 0; n < 30; n += 1) await asked();
    await sleep(150);
    server.answer = () => Promise.resolve();
    await until('server');
    expect(said).toEqual([
      'the search server answers',
      'the search server is left alone',
      'the search server answers',
    ]);
  });

  test('the metrics tell', async () => {
    const counted = () =>
      Promise.all([
        metric('gwangmaek_search_fallbacks_total', { reason: 'failed' }),
        metric('gwangmaek_search_fallbacks_total', { reason: 'open' }),
        metric('gwangmaek_search_queries_total', { engine: 'server', call: 'query', outcome: 'failed' }),
        metric('gwangmaek_search_queries_total', { engine: 'postgres', call: 'query', outcome: 'answered' }),
      ]);
    const before = await counted();
    server.answer = fails;
    for (let n = 0; n < 8; n += 1) await asked();
    const after = await counted();
    expect(after.map((value, i) => value - (before[i] ?? 0))).toEqual([5, 3, 5, 8]);
    expect(await metric('gwangmaek_search_breaker_state', { state: 'closed' })).toBe(0);
  });
});

describe('a server that hangs', () => {
  test('is given up at the limit, and the call is called off', async () => {
    server.answer = hangs;
    const began = performance.now();
    expect(await asked()).toBe('postgres');
    expect(performance.now() - began).toBeGreaterThanOrEqual(20);
    expect(server.calledOff).toBe(1);
  });

  test('is not left half-open', async () => {
    server.answer = hangs;
    for (let n = 0; n < 5; n += 1) await asked();
    server.answer = () => Promise.resolve();
    await until('server');
  });
});

describe('a database', () => {
  const typed = { q: 'gr', audience: { kind: 'public' }, lang: 'en' } as const;

  test('that is slow does not use up the time of the server', async () => {
    let told: Call | undefined;
    server.answer = (call) => Promise.resolve(void (told = call));
    reading = () => sleep(60);
    for (let n = 0; n < BREAKER_RULES.failures; n += 1) {
      expect(await asked()).toBe('server');
      expect(told?.known).toBeNull();
      expect((await engine.suggest(typed))[0]?.text).toBe('server');
    }
    expect(await engine.look()).toMatchObject({ answering: 'server', faults: [] });
    expect(postgres.asked).toBe(0);
  });

  test('that fails leaves the server as it is', async () => {
    reading = fails;
    for (let n = 0; n < BREAKER_RULES.failures; n += 1) await expect(engine.query(request)).rejects.toThrow();
    expect((await engine.look()).answering).toBe('server');
    expect(engine.status().faults[0]?.message).toBe(
      'the database does not answer: fetch failed: ECONNREFUSED',
    );
    reading = () => Promise.resolve();
    expect(await asked()).toBe('server');
  });

  test('that fails does not bring back a server that failed', async () => {
    server.answer = fails;
    for (let n = 0; n < BREAKER_RULES.failures; n += 1) await asked();
    server.answer = () => Promise.resolve();
    reading = fails;
    expect((await engine.look()).answering).toBe('postgres');
    reading = () => Promise.resolve();
    await until('server');
  });
});

describe('a server that answers but is not in order', () => {
  test.each([
    ['old settings', { settings: 'old' as const }, 'missing or has settings'],
    ['an empty index', { documents: { company: 0, opportunity: 0, project: 0 } }, 'lacks 100 of 100'],
    ['a tenth missing', { documents: { company: 90, opportunity: 0, project: 0 } }, 'lacks 10 of 100'],
    ['not well', { ok: false }, 'not well'],
  ])('%s', async (_what, change, message) => {
    server.held = { ...server.held, ...change };
    expect((await engine.look()).answering).toBe('postgres');
    expect(await asked()).toBe('postgres');
    expect(engine.status().faults[0]?.message).toContain(message);
  });

  test('a few documents under way do not matter', async () => {
    server.held = { ok: true, documents: { company: 96, opportunity: 0, project: 0 } };
    expect((await engine.look()).answering).toBe('server');
  });
});
