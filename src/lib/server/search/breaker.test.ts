import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterProbe,
  afterQuery,
  allows,
  BREAKER_RULES,
  probeDue,
  probing,
  untried,
  type Breaker,
} from './breaker.ts';

const rules = BREAKER_RULES;

/** What can happen to a breaker, each some time after the one before. */
const happening = fc.record({
  what: fc.constantFrom('answered', 'failed', 'tick', 'probe-good', 'probe-bad'),
  after: fc.integer({ min: 0, max: 40_000 }),
});
type Happening = { what: string; after: number };

function step(breaker: Breaker, { what }: Happening, now: number): Breaker {
  if (what === 'answered' || what === 'failed') {
    return allows(breaker) ? afterQuery(breaker, rules, what === 'answered', now) : breaker;
  }
  if (what === 'tick') return probeDue(breaker, now) ? probing(breaker) : breaker;
  return breaker.state === 'half-open' ? afterProbe(breaker, rules, what === 'probe-good', now) : breaker;
}

function closed(now = 0): Breaker {
  return afterProbe(probing(untried(rules, now)), rules, true, now);
}

/** Runs a history and hands each step to `look`. */
function run(
  history: readonly Happening[],
  look: (before: Breaker, after: Breaker, one: Happening, now: number) => void,
) {
  let now = 0;
  let breaker = untried(rules, now);
  for (const one of history) {
    now += one.after;
    const next = step(breaker, one, now);
    look(breaker, next, one, now);
    breaker = next;
  }
}

describe('any history', () => {
  const histories = fc.array(happening, { maxLength: 120 });

  test('only a good probe closes', () => {
    fc.assert(
      fc.property(histories, (history) =>
        run(history, (before, after, one) => {
          if (!allows(before) && allows(after))
            expect([before.state, one.what]).toEqual(['half-open', 'probe-good']);
        }),
      ),
    );
  });

  test('it opens exactly when enough of the latest queries failed', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let seen: { at: number; ok: boolean }[] = [];
        run(history, (before, after, one, now) => {
          if (!allows(before)) {
            seen = [];
            return;
          }
          if (one.what === 'answered' || one.what === 'failed')
            seen.push({ at: now, ok: one.what === 'answered' });
          const latest = seen.filter((x) => now - x.at <= rules.forgetAfterMs).slice(-rules.window);
          const enough = latest.filter((x) => !x.ok).length >= rules.failures;
          if (one.what === 'failed') expect(after.state).toBe(enough ? 'open' : 'closed');
          else expect(after.state).toBe('closed');
        });
      }),
    );
  });

  test('an open one is always probed again, within the longest wait', () => {
    fc.assert(
      fc.property(histories, (history) =>
        run(history, (_before, after, _one, now) => {
          if (after.state !== 'open') return;
          expect(probeDue(after, now + rules.longestWaitMs)).toBe(true);
          expect(after.waitMs).toBeLessThanOrEqual(rules.longestWaitMs);
          expect(after.waitMs).toBeGreaterThanOrEqual(rules.probeAfterMs);
        }),
      ),
    );
  });

  test('one probe at a time, and none before it is due', () => {
    fc.assert(
      fc.property(histories, (history) =>
        run(history, (before, after, _one, now) => {
          if (after.state !== 'half-open' || before.state === 'half-open') return;
          expect(before.state).toBe('open');
          expect(now).toBeGreaterThanOrEqual(before.at);
          expect(probeDue(after, now + rules.longestWaitMs)).toBe(false);
        }),
      ),
    );
  });
});

test('a server is asked nothing before a probe found it in order', () => {
  const breaker = untried(rules, 100);
  expect(allows(breaker)).toBe(false);
  expect(probeDue(breaker, 100)).toBe(true);
});

function fail(breaker: Breaker, now: number): Breaker {
  let next = breaker;
  for (let n = 0; n < rules.failures; n += 1) next = afterQuery(next, rules, false, now);
  return next;
}

test('waits double while probes fail or it opens again soon, and begin anew after a steady time', () => {
  let breaker = fail(closed(), rules.forgetAfterMs + 1);
  const waits = [breaker.waitMs];
  for (let n = 0; n < 3; n += 1) {
    breaker = afterProbe(probing(breaker), rules, false, breaker.at);
    waits.push(breaker.waitMs);
  }
  for (let n = 0; n < 3; n += 1) {
    breaker = fail(afterProbe(probing(breaker), rules, true, breaker.at), breaker.at + 5);
    waits.push(breaker.waitMs);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  const good = afterProbe(probing(breaker), rules, true, breaker.at);
  expect(fail(good, good.at + rules.forgetAfterMs + 1).waitMs).toBe(1000);
});

test('failures far apart do not open it', () => {
  let breaker = closed();
  for (let n = 0; n < 50; n += 1) breaker = afterQuery(breaker, rules, false, n * 10_000);
  expect(allows(breaker)).toBe(true);
});

test('a look that finds the server unusable opens it at once; late answers do not close it', () => {
  const open = afterProbe(closed(), rules, false, 50);
  expect(open.state).toBe('open');
  expect(afterQuery(open, rules, true, 60)).toBe(open);
});
