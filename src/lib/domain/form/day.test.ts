import { expect, it } from 'vitest';
import { calendarDay } from './day.ts';

it.each([
  ['2024-06-30', '2024-06-30'],
  ['2024-02-29', '2024-02-29'],
  ['2023-02-29', null],
  ['2024-6-30', null],
  ['2024-13-01', null],
  ['', null],
  [null, null],
  ["2024-06-30'; --", null],
])('%s is the day %s', (text, day) => {
  expect(calendarDay(text)).toBe(day);
});
