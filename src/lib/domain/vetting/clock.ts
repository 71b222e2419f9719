import { isWorkingDay } from '#lib/domain/vetting/holidays.ts';

/** Working days a case may take, by kind of case (published on /about/vetting). */
export const ALLOWED_DAYS = 14;
/** Days a company has to answer an information request. */
export const ANSWER_DAYS = 7;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Korea is UTC+9 all year. */
const KOREA = 9 * HOUR;

function dayOf(at: Date): string {
  return new Date(at.getTime() + KOREA).toISOString().slice(0, 10);
}

function addDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

/** 18:00 in Korea, when offices close. */
function closing(day: string): Date {
  return new Date(Date.parse(`${day}T18:00:00Z`) - KOREA);
}

/** The end of the `days`-th working day after `from`, 18:00 in Korea. */
export function dueAfter(from: Date, days: number): Date {
  let day = dayOf(from);
  for (let left = days; left > 0;) {
    day = addDay(day);
    if (isWorkingDay(day)) left -= 1;
  }
  return closing(day);
}

/** Working days that begin after `from` and end by `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: Date, to: Date): number {
  let count = 0;
  const last = dayOf(to);
  for (let day = addDay(dayOf(from)); day <= last; day = addDay(day)) {
    if (isWorkingDay(day)) count += 1;
  }
  return count;
}

export interface ClockState {
  allowedDays: number;
  dueAt: Date;
  /** since when the clock stands still; null while it runs */
  pausedSince: Date | null;
}

export interface ClockReading {
  usedDays: number;
  leftDays: number;
  overdueDays: number;
  running: boolean;
}

/** Reads the clock: while it stands still, as of the moment it stopped. */
export function readClock(clock: ClockState, now: Date): ClockReading {
  const at = clock.pausedSince ?? now;
  const overdueDays = workingDaysBetween(clock.dueAt, at);
  const leftDays = workingDaysBetween(at, clock.dueAt);
  return {
    usedDays: clock.allowedDays - leftDays + overdueDays,
    leftDays,
    overdueDays,
    running: clock.pausedSince === null,
  };
}

/** When the clock goes on, the working days left when it stopped are left again. */
export function dueAfterPause(clock: ClockState, now: Date): Date {
  if (clock.pausedSince === null) return clock.dueAt;
  return dueAfter(now, workingDaysBetween(clock.pausedSince, clock.dueAt));
}

/** A time during which the clock stood still; `to` is null while it still does. */
export interface Pause {
  from: Date;
  to: Date | null;
}

export interface CalendarDay {
  /** `YYYY-MM-DD`, a working day */
  date: string;
  state: 'used' | 'paused' | 'left';
}

/** The working days of a case, for its calendar. While the clock stands still the end is where it would be if it went on now. */
export function calendarOf(
  submittedAt: Date,
  clock: ClockState,
  pauses: readonly Pause[],
  now: Date,
): CalendarDay[] {
  const today = dayOf(now);
  const last = dayOf(dueAfterPause(clock, now));
  const days: CalendarDay[] = [];
  for (let date = addDay(dayOf(submittedAt)); date <= last; date = addDay(date)) {
    if (!isWorkingDay(date)) continue;
    const paused = pauses.some(({ from, to }) => dayOf(from) < date && date <= dayOf(to ?? now));
    days.push({ date, state: date > today ? 'left' : paused ? 'paused' : 'used' });
  }
  return days;
}
