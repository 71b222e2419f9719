import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calendarOf,
  dueAfter,
  dueAfterPause,
  readClock,
  workingDaysBetween,
} from '#lib/domain/vetting/clock.ts';
import { isWorkingDay } from '#lib/domain/vetting/holidays.ts';

const korea = (text: string) => new Date(`${text}+09:00`);

describe('working days', () => {
  it('leaves out weekends and Korean holidays', () => {
    expect(isWorkingDay('2026-11-24')).toBe(true);
    expect(isWorkingDay('2026-11-28')).toBe(false);
    expect(isWorkingDay('2026-12-25')).toBe(false);
    expect(isWorkingDay('2026-09-25')).toBe(false);
    expect(isWorkingDay('2029-10-09')).toBe(false);
  });

  it('counts 14 working days over a weekend to 18:00', () => {
    expect(dueAfter(korea('2026-11-24T10:00'), 14)).toEqual(korea('2026-12-14T18:00'));
  });

  it('takes the Korean day, not the UTC day', () => {
    // 23:30 UTC on Sunday is Monday morning in Korea
    expect(dueAfter(new Date('2026-11-22T23:30:00Z'), 1)).toEqual(korea('2026-11-24T18:00'));
  });

  it('counts as many days as it adds', () => {
    const when = fc.date({
      min: korea('2026-01-01T00:00'),
      max: korea('2027-11-01T00:00'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(when, fc.integer({ min: 1, max: 40 }), (from, days) => {
        expect(workingDaysBetween(from, dueAfter(from, days))).toBe(days);
      }),
    );
  });
});

describe('the clock of a case', () => {
  const dueAt = dueAfter(korea('2026-11-24T10:00'), 14);

  it('runs', () => {
    const reading = readClock({ allowedDays: 14, dueAt, pausedSince: null }, korea('2026-11-27T10:00'));
    expect(reading).toEqual({ usedDays: 3, leftDays: 11, overdueDays: 0, running: true });
  });

  it('stands still while the company answers, and goes on with the days that were left', () => {
    const pausedSince = korea('2026-11-27T10:00');
    const later = korea('2026-12-07T10:00');
    const paused = { allowedDays: 14, dueAt, pausedSince };
    expect(readClock(paused, later).leftDays).toBe(11);
    expect(readClock(paused, later).running).toBe(false);
    const resumed = { allowedDays: 14, dueAt: dueAfterPause(paused, later), pausedSince: null };
    expect(readClock(resumed, later).leftDays).toBe(11);
  });

  it('says by how much it is overdue', () => {
    const reading = readClock({ allowedDays: 14, dueAt, pausedSince: null }, korea('2026-12-16T10:00'));
    expect(reading).toEqual({ usedDays: 16, leftDays: 0, overdueDays: 2, running: true });
  });
});

describe('the calendar of a case', () => {
  const submittedAt = korea('2026-11-24T10:00');
  const count = (days: { state: string }[], state: string) =>
    days.filter((day) => day.state === state).length;

  it('shows what the clock reads: days used, paused and left', () => {
    const instant = (min: string, max: string) =>
      fc.date({ min: korea(min), max: korea(max), noInvalidDate: true });
    fc.assert(
      fc.property(
        instant('2026-11-25T00:00', '2026-12-01T00:00'),
        instant('2026-12-01T00:00', '2026-12-10T00:00'),
        instant('2026-12-10T00:00', '2026-12-16T00:00'),
        (from, to, now) => {
          const before = { allowedDays: 14, dueAt: dueAfter(submittedAt, 14), pausedSince: from };
          const clock = { allowedDays: 14, dueAt: dueAfterPause(before, to), pausedSince: null };
          const days = calendarOf(submittedAt, clock, [{ from, to }], now);
          const reading = readClock(clock, now);
          expect(count(days, 'left')).toBe(reading.leftDays);
          // it ends with the days allowed: those over the end are told beside it
          expect(count(days, 'used')).toBe(reading.usedDays - reading.overdueDays);
          expect(count(days, 'paused')).toBe(workingDaysBetween(from, to));
        },
      ),
      { examples: [[korea('2026-12-01T00:00'), korea('2026-12-01T00:00'), korea('2026-12-15T00:00')]] },
    );
  });

  it('keeps the days left while the clock stands still', () => {
    const pausedSince = korea('2026-11-27T10:00');
    const now = korea('2026-12-04T10:00');
    const clock = { allowedDays: 14, dueAt: dueAfter(submittedAt, 14), pausedSince };
    const days = calendarOf(submittedAt, clock, [{ from: pausedSince, to: null }], now);
    expect([count(days, 'used'), count(days, 'paused'), count(days, 'left')]).toEqual([3, 5, 11]);
  });
});
