import { describe, expect, it } from 'vitest';
import { DEADLINE_RANGES, deadlineFilter, timesOf, type DeadlineRange } from '#lib/domain/search/deadline.ts';

/** 25 November 2026, 11:20 in Korea. */
const NOW = new Date('2026-11-25T02:20:00Z');

function holds(range: DeadlineRange, deadline: string): boolean {
  const times = timesOf(range, NOW);
  if (times === null) return false;
  const at = new Date(deadline);
  return at >= times.from && (times.before === null || at < times.before);
}
const rangesOf = (deadline: string) => DEADLINE_RANGES.filter((range) => holds(range, deadline));

describe('the filter by deadline', () => {
  it('counts whole days of Korea', () => {
    expect(rangesOf('2026-12-02T23:59:00+09:00')).toEqual(['7d', '30d', '90d']);
    expect(rangesOf('2026-12-03T00:00:00+09:00')).toEqual(['30d', '90d']);
    expect(rangesOf('2027-02-23T23:59:59+09:00')).toEqual(['90d']);
    expect(rangesOf('2027-02-24T00:00:00+09:00')).toEqual(['later']);
  });

  it('leaves out what is over', () => {
    expect(rangesOf('2026-11-25T11:19:00+09:00')).toEqual([]);
    expect(rangesOf('2026-11-25T11:20:00+09:00')).toEqual(['7d', '30d', '90d']);
  });

  it('is asked to the minute, with known ranges only', () => {
    const { now, chosen } = deadlineFilter(new Date('2026-11-25T02:20:59.9Z'), ['none', '7d', '7d', 'soon']);
    expect([now.toISOString(), chosen]).toEqual(['2026-11-25T02:20:00.000Z', ['7d', 'none']]);
  });
});
