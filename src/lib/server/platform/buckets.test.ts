import { expect, it } from 'vitest';
import { Buckets } from './buckets.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 25) + seconds * 1000);

it('gives what it holds, then as fast as it fills, and says when', () => {
  const buckets = new Buckets({ capacity: 3, secondsPerToken: 10 });
  expect([1, 2, 3].map(() => buckets.take('a', at(0)).allowed)).toEqual([true, true, true]);
  expect(buckets.take('a', at(0))).toEqual({ allowed: false, retryAfter: 10 });
  expect(buckets.take('b', at(0)).allowed).toBe(true);
  expect(buckets.take('a', at(4))).toEqual({ allowed: false, retryAfter: 6 });
  expect(buckets.take('a', at(10)).allowed).toBe(true);
  expect(buckets.take('a', at(10)).allowed).toBe(false);
  buckets.giveBack('a', at(10));
  expect(buckets.take('a', at(10)).allowed).toBe(true);
});

it('takes several or none, and holds no more than it may', () => {
  const buckets = new Buckets({ capacity: 3, secondsPerToken: 1 });
  expect(buckets.take('a', at(0), 2).allowed).toBe(true);
  expect(buckets.take('a', at(0), 2)).toEqual({ allowed: false, retryAfter: 1 });
  expect(buckets.take('a', at(0)).allowed).toBe(true);
  expect(buckets.take('a', at(99), 3).allowed).toBe(true);
  expect(buckets.take('a', at(99)).allowed).toBe(false);
  expect(buckets.take('a', at(50)).allowed).toBe(false);
});

it('lets go of those that asked longest ago', () => {
  const buckets = new Buckets({ capacity: 1, secondsPerToken: 1000 }, 2);
  for (const party of ['a', 'b', 'a', 'c']) buckets.take(party, at(0));
  expect(buckets.size).toBe(2);
  expect(['a', 'c'].map((party) => buckets.take(party, at(0)).allowed)).toEqual([false, false]);
});
