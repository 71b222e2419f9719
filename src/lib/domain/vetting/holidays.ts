/**
 * Public holidays of Korea with their substitutes, `YYYY-MM-DD` (관공서의 공휴일에 관한 규정, Regulation on Holidays of
 * Public Offices; lunar days by the almanac). Temporary holidays and election days are added when announced.
 * A year that is not listed has its fixed days only, which can make a clock run out early but never late.
 */
const LISTED: Record<string, readonly string[]> = {
  2026: [
    '01-01',
    '02-16',
    '02-17',
    '02-18',
    '03-01',
    '03-02',
    '05-05',
    '05-24',
    '05-25',
    '06-06',
    '08-15',
    '08-17',
    '09-24',
    '09-25',
    '09-26',
    '10-03',
    '10-05',
    '10-09',
    '12-25',
  ],
  2027: [
    '01-01',
    '02-06',
    '02-07',
    '02-08',
    '02-09',
    '03-01',
    '05-05',
    '05-13',
    '06-06',
    '08-15',
    '08-16',
    '09-14',
    '09-15',
    '09-16',
    '10-03',
    '10-04',
    '10-09',
    '10-11',
    '12-25',
    '12-27',
  ],
};
const FIXED = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];

/** Is a day (`YYYY-MM-DD`) a working day of Korean public offices? */
export function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  const year = day.slice(0, 4);
  return !(LISTED[year] ?? FIXED).includes(day.slice(5));
}
