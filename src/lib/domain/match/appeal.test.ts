import { describe, expect, it } from 'vitest';
import { appealDue } from '#lib/domain/match/appeal.ts';

describe('the day by which an objection is answered', () => {
  it.each([
    ['2026-11-25', '2026-12-09'],
    ['2026-12-20', '2027-01-03'],
    ['2028-02-20', '2028-03-05'],
  ])('of %s is %s', (day, due) => {
    expect(appealDue(day)).toBe(due);
  });
});
