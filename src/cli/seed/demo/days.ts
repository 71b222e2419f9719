import { isWorkingDay } from '#lib/domain/vetting/holidays.ts';
import { instantIn, KOREAN_ZONE } from '#lib/domain/opportunity/zones.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';

/** The day on which the dates in `data/demo/companies.jsonl` were written; at loading they move along with the day. */
export const WRITTEN_ON = '2026-11-24';

const DAY = 86_400_000;

/** The calendar day that lies `days` after `day` (`YYYY-MM-DD`). */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** `-12 14:05`: five past two in Korea, twelve Korean working days before the day of loading. */
const MOMENT = /^-(\d{1,3}) (\d{1,2}):(\d{2})$/;

export function isMoment(text: string): boolean {
  return MOMENT.test(text);
}

/** The instants that the stories name, counted back from the day of loading in working days. */
export class Calendar {
  /** The day of loading in Korea. */
  readonly today: string;
  private readonly workingDays: string[] = [];

  constructor(loadedAt: Date) {
    this.today = koreanDay(loadedAt);
  }

  moment(text: string): Date {
    const [, back = '', hour = '', minute = ''] = MOMENT.exec(text) ?? [];
    if (back === '')
      throw new Error(`${JSON.stringify(text)} is no moment of the story, such as "-12 14:05".`);
    return instantIn(
      `${this.workingDayBefore(Number(back))}T${hour.padStart(2, '0')}:${minute}`,
      KOREAN_ZONE,
    );
  }

  /** A deadline so many days after loading, on the clock of its place; never on a weekend. */
  deadline(days: number, time: string): string {
    let day = plusDays(this.today, days);
    while ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) day = plusDays(day, 1);
    return `${day}T${time}`;
  }

  private workingDayBefore(count: number): string {
    let day = this.workingDays.at(-1) ?? this.today;
    while (this.workingDays.length < count) {
      day = plusDays(day, -1);
      if (isWorkingDay(day)) this.workingDays.push(day);
    }
    return this.workingDays[count - 1] ?? this.today;
  }
}
