/** The filter by deadline. What is near depends on the day, so it is a range of times and no value of a document. */

export const DEADLINE_RANGES = ['7d', '30d', '90d', 'later', 'none'] as const;
/** Closing within so many days (the nearer ranges lie in the farther), later than all of them, or no deadline. */
export type DeadlineRange = (typeof DEADLINE_RANGES)[number];

export interface DeadlineFilter {
  /** The present, to the minute, so that equal questions are equal. */
  readonly now: Date;
  /** Any of these; none of them: everything. */
  readonly chosen: readonly DeadlineRange[];
}

/** From (inclusive) to before (exclusive; null: for ever). */
export interface Times {
  readonly from: Date;
  readonly before: Date | null;
}

const DAY_MS = 86_400_000;
/** Korea keeps no summer time. */
const KOREA_MS = 9 * 3_600_000;
const DAYS = { '7d': 7, '30d': 30, '90d': 90 } as const;

/** The end of the Korean day so many days ahead. */
function endOfDay(now: Date, days: number): Date {
  const today = Math.floor((now.getTime() + KOREA_MS) / DAY_MS);
  return new Date((today + days + 1) * DAY_MS - KOREA_MS);
}

/** The times of a range as seen from `now`; null stands for having no deadline at all. What is over is in no range. */
export function timesOf(range: DeadlineRange, now: Date): Times | null {
  if (range === 'none') return null;
  if (range === 'later') return { from: endOfDay(now, DAYS['90d']), before: null };
  return { from: now, before: endOfDay(now, DAYS[range]) };
}

/** Values of an address or a request as ranges, each once, in their own order; others are left out. */
export function deadlineRanges(values: readonly string[]): DeadlineRange[] {
  return DEADLINE_RANGES.filter((range) => values.includes(range));
}

/** A filter as of a moment. */
export function deadlineFilter(now: Date, values: readonly string[]): DeadlineFilter {
  return { now: new Date(Math.floor(now.getTime() / 60_000) * 60_000), chosen: deadlineRanges(values) };
}

/** Does a deadline lie in a range of the filter? */
export function isWithin({ now, chosen }: DeadlineFilter, deadline: Date | null): boolean {
  if (chosen.length === 0) return true;
  return chosen.some((range) => {
    const times = timesOf(range, now);
    if (times === null || deadline === null) return times === null && deadline === null;
    return deadline >= times.from && (times.before === null || deadline < times.before);
  });
}
