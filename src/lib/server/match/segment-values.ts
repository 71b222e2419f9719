/** Companies in numbers: statuses, flags, days and what stands for nothing. */

export const STATUSES = ['registered', 'vetted', 'refused', 'suspended'] as const;
export const FLAG = { screened: 1, published: 2, canInvest: 4, demo: 8, excludes: 16 } as const;
/** No end, no year, nothing named. */
export const NO_DAY = 99_999_999;
export const NO_YEAR = -1;
export const NOTHING = 0xffff;

/** `2026-12-31` → 20261231; null → `NO_DAY`. Days compare as numbers. */
export function dayNumber(day: string | null): number {
  return day === null
    ? NO_DAY
    : Number(day.slice(0, 4)) * 10_000 + Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10));
}

export function dayText(day: number): string | null {
  if (day === NO_DAY) return null;
  const text = String(day).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
}
