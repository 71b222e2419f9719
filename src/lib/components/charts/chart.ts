/** A place on a map. */
export interface MapPoint {
  lon: number;
  lat: number;
  /** Its name; written beside it when `named`, always read out. */
  label: string;
  href?: string | undefined;
  /** The one place the map is about, in copper. */
  main?: boolean | undefined;
  named?: boolean | undefined;
  /** Share of the largest, 0 to 1: the area of its mark follows it. Left out: all are alike. */
  size?: number | undefined;
}

/** A line of `LineChart`. A null value is a gap: nothing was published. */
export interface Series {
  label: string;
  points: { x: number; y: number | null }[];
  /** The one series the chart is about, in copper. */
  main?: boolean | undefined;
}

/** A line of `BarChart`. */
export interface Bar {
  label: string;
  value: number;
  /** The bar the chart is about, in copper. */
  main?: boolean | undefined;
  /** All others together. */
  rest?: boolean | undefined;
}

/** Moves labels apart along one axis so that none is nearer than `gap`; keeps their order, stays within bounds. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
  let floor = low;
  for (const one of order) {
    one.at = Math.max(one.at, floor);
    floor = one.at + gap;
  }
  let ceiling = high;
  for (const one of [...order].reverse()) {
    one.at = Math.min(one.at, ceiling);
    ceiling = one.at - gap;
  }
  const placed: number[] = [];
  for (const { at, i } of order) placed[i] = at;
  return placed;
}

/** At most `count` of the sorted values, evenly taken, the first and the last always among them. */
export function thin(values: readonly number[], count: number): number[] {
  if (values.length <= count) return [...values];
  const step = (values.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => values[Math.round(i * step)] ?? 0);
}
