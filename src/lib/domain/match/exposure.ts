/** By what companies are told apart in exposure statistics. */
export const EXPOSURE_DIMENSIONS = ['size', 'age', 'province'] as const;
export type ExposureDimension = (typeof EXPOSURE_DIMENSIONS)[number];

/** Places of a list that count as shown: what is seen without turning a page. */
export const SHOWN_PLACES = 10;
/** A company is new within this many days of its registration. */
export const NEW_DAYS = 365;
/** Kinds with fewer companies are put together, so that no figure is about one firm. */
export const LEAST_COMPANIES = 5;
/** The kind of what was put together, or is not known. */
export const OTHER = 'other';

export interface ExposureCount {
  value: string;
  companies: number;
  shown: number;
  relevant: number;
}

/** Shares of 0–1 beside the counts. */
export interface ExposureShare extends ExposureCount {
  shareShown: number;
  shareRelevant: number;
}

/** Puts kinds of too few companies together; what is left of too few itself is left out. */
export function guarded(counts: readonly ExposureCount[], least = LEAST_COMPANIES): ExposureCount[] {
  const large = counts.filter(({ value, companies }) => value !== OTHER && companies >= least);
  const rest = counts.filter((count) => !large.includes(count));
  const other = rest.reduce<ExposureCount>(
    (sum, one) => ({
      value: OTHER,
      companies: sum.companies + one.companies,
      shown: sum.shown + one.shown,
      relevant: sum.relevant + one.relevant,
    }),
    { value: OTHER, companies: 0, shown: 0, relevant: 0 },
  );
  return other.companies >= least ? [...large, other] : large;
}

/** Each kind's share of the places shown and of the strong matches. */
export function exposureShares(counts: readonly ExposureCount[]): ExposureShare[] {
  const total = (of: (count: ExposureCount) => number) => counts.reduce((sum, count) => sum + of(count), 0);
  const [shown, relevant] = [total((count) => count.shown), total((count) => count.relevant)];
  return counts.map((count) => ({
    ...count,
    shareShown: shown === 0 ? 0 : count.shown / shown,
    shareRelevant: relevant === 0 ? 0 : count.relevant / relevant,
  }));
}
