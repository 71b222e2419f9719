import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gathering } from './gather.ts';

const turn = () => new Promise<void>((done) => setImmediate(done));

test('what is asked for meanwhile is done together, each item once, never more than allowed at a time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer(), { maxLength: 6 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 20 }),
      async (calls, most) => {
        const runs: number[][] = [];
        let atWork = 0;
        const ask = gathering<number>(async (items) => {
          atWork += 1;
          expect(atWork).toBe(1);
          await turn();
          runs.push([...items]);
          atWork -= 1;
        }, most);
        await Promise.all(calls.map((items) => ask(items)));
        expect(runs.flat().toSorted()).toEqual(calls.flat().toSorted());
        const largest = Math.max(0, ...calls.map((items) => items.length));
        for (const run of runs) expect(run.length).toBeLessThanOrEqual(Math.max(most, largest));
      },
    ),
    { numRuns: 50 },
  );
});

test('many callers make few runs', async () => {
  let runs = 0;
  const ask = gathering<number>(async () => {
    runs += 1;
    await turn();
  }, 100);
  await Promise.all(Array.from({ length: 50 }, (_, n) => ask([n])));
  expect(runs).toBe(2);
});

test('one item that fails fails its own caller only', async () => {
  const done: number[] = [];
  const ask = gathering<number>(async (items) => {
    await turn();
    if (items.includes(7)) throw new Error('seven');
    done.push(...items);
  }, 100);
  const outcomes = await Promise.allSettled([1, 2, 7, 3].map((n) => ask([n])));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(done.toSorted()).toEqual([1, 2, 3]);
});
