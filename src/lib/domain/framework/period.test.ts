import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, firstDay, isEmptyPeriod, overlap, periodOf, rangeText } from './period.ts';

describe('partial dates', () => {
  it.each([
    ['', null],
    ['2022', '2022-01-01'],
    ['2022-06', '2022-06-01'],
    ['2022-06-14', '2022-06-14'],
  ])('%s begins on %s', (date, day) => {
    expect(firstDay(date)).toBe(day);
  });
});

describe('periods', () => {
  it('hold their first day and not the day of their end', () => {
    const period = periodOf('2025-03-04', '2025-11-18');
    expect(covers(period, '2025-03-04')).toBe(true);
    expect(covers(period, '2025-11-17')).toBe(true);
    expect(covers(period, '2025-11-18')).toBe(false);
    expect(covers(periodOf('', ''), '1900-01-01')).toBe(true);
  });

  it('overlap exactly when some day is in both', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2025-03-${String(n).padStart(2, '0')}`);
    const edge = fc.option(day, { nil: '' });
    const days = Array.from({ length: 28 }, (_, i) => `2025-03-${String(i + 1).padStart(2, '0')}`);
    fc.assert(
      fc.property(edge, edge, edge, edge, (a, b, c, d) => {
        const one = periodOf(a, b);
        const other = periodOf(c, d);
        fc.pre(!isEmptyPeriod(one) && !isEmptyPeriod(other));
        const shared = ['2025-01-01', ...days, '2026-01-01'].some(
          (on) => covers(one, on) && covers(other, on),
        );
        expect(overlap(one, other)).toBe(shared);
      }),
    );
  });

  it('are written as the database writes them', () => {
    expect(rangeText(periodOf('2022-06', '2026-02-04'))).toBe('[2022-06-01,2026-02-04)');
    expect(rangeText(periodOf('', ''))).toBe('(,)');
  });
});
