import fc from 'fast-check';
import { expect, it } from 'vitest';
import { atom } from './atoms.ts';
import { planQuery, type Expr } from './plan.ts';
import type { ParsedQuery, Unit } from './query.ts';

const unit = (text: string, found: boolean): Unit => ({
  ...{ text, kind: 'unknown', concepts: [], weight: 1, required: true, extended: [], parts: [] },
  ...{ direct: found ? [atom('word', text, 1)] : [], probe: null, guess: null },
});

/** A query for words; those that are not `found` stand for nothing in the index. */
const queryOf = (found: readonly boolean[]): ParsedQuery => ({
  ...{ text: '', empty: false, identifiers: [], exact: [], prefix: [], nameProbe: null, notes: [] },
  units: found.map((one, i) => unit(`w${i}`, one)),
});

const holds = (expr: Expr, has: readonly boolean[]): boolean => {
  if (expr.op === 'token') return has[Number(expr.token.slice(3))] ?? false;
  return expr.op === 'and' ? expr.of.every((e) => holds(e, has)) : expr.of.some((e) => holds(e, has));
};

const size = (expr: Expr): number =>
  expr.op === 'token' ? 1 : expr.of.reduce((sum, part) => sum + size(part), 0);

/** The level at which one word may be missing. */
const oneLess = (query: ParsedQuery): Expr =>
  planQuery(query).levels.find(({ dropped }) => dropped.length > 0)?.match ?? { op: 'or', of: [] };

it('the first wider level finds what lacks one word, whichever it is', () => {
  const bits = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 12 }), bits, (words, has) => {
      const missing = has.slice(0, words).filter((one) => !one).length;
      const level = oneLess(queryOf(Array<boolean>(words).fill(true)));
      expect(holds(level, has)).toBe(missing < 2);
    }),
  );
});

it('a word that stands for nothing is the one that is missing', () => {
  for (let lost = 0; lost < 7; lost++) {
    const found = Array.from({ length: 7 }, (_, i) => i !== lost);
    expect(holds(oneLess(queryOf(found)), found)).toBe(true);
    expect(holds(oneLess(queryOf(found)), found.with((lost + 1) % 7, false))).toBe(false);
  }
});

it('does not ask for each word of a long sentence once for every other word', () => {
  expect(size(oneLess(queryOf(Array<boolean>(12).fill(true))))).toBeLessThan(12 * 5);
});
