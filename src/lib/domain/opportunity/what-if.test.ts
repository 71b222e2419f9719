import { describe, expect, it } from 'vitest';
import type { RequirementView } from '#lib/domain/opportunity/view.ts';
import { changedTries, savedTries, triesOf, whatIfForm } from '#lib/domain/opportunity/what-if.ts';

const line = (id: string, must: boolean, amount: number | null): RequirementView => ({
  id,
  externalId: `q-${id}`,
  position: 1,
  must,
  weight: 1,
  kind: amount === null ? 'language' : 'capability',
  capability: null,
  minerals: [],
  quantity: amount === null ? null : { amount, unit: 't/a' },
  certifications: [],
  verifiedOnly: false,
  countries: [],
  language: null,
  minSize: null,
});
const LINES = [line('a', true, 60_000), line('b', false, null)];

describe('a what-if form', () => {
  it('reads a level for each line and an amount where a quantity is asked', () => {
    const read = whatIfForm(LINES).safeParse({ level_a: 'should', amount_a: '42,000', level_b: 'must' });
    expect(read.success && triesOf(LINES, read.data)).toEqual([
      { line: 'a', must: false, amount: 42_000 },
      { line: 'b', must: true, amount: null },
    ]);
  });

  it.each([
    [{ level_a: 'must', amount_a: '', level_b: 'must' }, 'amount_a', 'required'],
    [{ level_a: 'must', amount_a: '0', level_b: 'must' }, 'amount_a', 'not-positive'],
    [{ level_a: 'must', amount_a: '-3', level_b: 'must' }, 'amount_a', 'not-positive'],
    [{ level_a: 'must', amount_a: 'much', level_b: 'must' }, 'amount_a', 'bad-number'],
    [{ level_a: 'perhaps', amount_a: '5', level_b: 'must' }, 'level_a', 'bad-choice'],
  ])('refuses %o', (input, field, code) => {
    const read = whatIfForm(LINES).safeParse(input);
    expect(read.error?.issues.map(({ path, message }) => [path.join('.'), message])).toContainEqual([
      field,
      code,
    ]);
  });

  it('knows which lines differ from what is saved', () => {
    const tries = savedTries(LINES);
    expect(changedTries(LINES, tries)).toEqual([]);
    const other = tries.map((one) => (one.line === 'b' ? { ...one, must: true } : one));
    expect(changedTries(LINES, other)).toEqual([{ line: 'b', must: true, amount: null }]);
  });
});
