import { expect, it } from 'vitest';
import { TermBudget } from './term-budget.ts';

const NOW = new Date('2026-11-25T03:00:00Z');
const party = (n: number) => `192.0.2.${n}`;

it('ends with the rows of the day, whoever asks, those of before a start included', async () => {
  const budget = new TermBudget(5);
  const taken = (n: number, day = '2026-11-25', rows = 3) =>
    budget.take(party(n), day, NOW, () => Promise.resolve(rows));
  expect([await taken(1), await taken(2), await taken(3)]).toEqual([true, true, false]);
  budget.known(party(2), NOW);
  expect([await taken(4), await taken(5)]).toEqual([true, false]);
  expect(await taken(5, '2026-11-26', 0)).toBe(true);
});
