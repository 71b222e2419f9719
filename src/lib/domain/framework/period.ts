/** A date as far as it is known: `2022`, `2022-06`, `2022-06-14`; empty when not known. */
export type PartialDate = string;

/** The first day a partial date may mean, `YYYY-MM-DD`; null when nothing is known. */
export function firstDay(date: PartialDate): string | null {
  if (date === '') return null;
  const [year = '', month = '01', day = '01'] = date.split('-');
  return `${year}-${month}-${day}`;
}

export interface Period {
  /** First day of it; null: open or not known. */
  from: string | null;
  /** First day no longer of it; null: open or not known. */
  to: string | null;
}

export function periodOf(from: PartialDate, to: PartialDate): Period {
  return { from: firstDay(from), to: firstDay(to) };
}

/** Has the period no day at all? */
export function isEmptyPeriod({ from, to }: Period): boolean {
  return from !== null && to !== null && from >= to;
}

export function covers({ from, to }: Period, day: string): boolean {
  return (from === null || from <= day) && (to === null || day < to);
}

export function overlap(a: Period, b: Period): boolean {
  const startsBeforeEnd = (one: Period, other: Period) =>
    one.from === null || other.to === null || one.from < other.to;
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}

/** A period as PostgreSQL's daterange writes it: `[2022-06-01,2026-02-04)`. */
export function rangeText({ from, to }: Period): string {
  return `${from === null ? '(' : '['}${from ?? ''},${to ?? ''})`;
}
