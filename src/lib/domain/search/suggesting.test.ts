import { expect, it } from 'vitest';
import { isEnoughToSuggest } from '#lib/domain/search/suggesting.ts';

it.each([
  ['', false],
  ['ㅎ', false],
  ['L', false],
  [' ㅎ ', false],
  ['흑', true],
  ['니', true],
  ['니'.normalize('NFD'), true],
  ['ㅎㅇ', true],
  ['Li', true],
  ['26', true],
  ['가'.repeat(61), false],
])('%j is enough to offer lines: %s', (typed, enough) => {
  expect(isEnoughToSuggest(typed)).toBe(enough);
});
