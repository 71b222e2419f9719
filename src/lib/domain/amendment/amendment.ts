/**
 * Amendments: what officials change in the rule data of a release. The shipped rows are never touched; amendments lie
 * over them in the order in which they took effect.
 */

export const AMENDMENT_SUBJECTS = ['term', 'capability', 'mineral'] as const;
/** A term of the lexicon, a pair of related capabilities, a family of minerals. */
export type AmendmentSubject = (typeof AMENDMENT_SUBJECTS)[number];

export const AMENDMENT_DECISIONS = ['confirmed', 'returned', 'withdrawn'] as const;
export type AmendmentDecision = (typeof AMENDMENT_DECISIONS)[number];

/** One row as it was and as it will be. Null before: added; null after: withdrawn. */
export interface RowChange<R> {
  readonly before: R | null;
  readonly after: R | null;
}

export type AmendmentKind = 'add' | 'change' | 'withdraw';

export function kindOfChange(change: RowChange<unknown>): AmendmentKind {
  if (change.before === null) return 'add';
  return change.after === null ? 'withdraw' : 'change';
}

/**
 * The shipped rows with the changes laid over them. A changed row keeps its place, a withdrawn one that comes back
 * returns to it, added ones follow at the end. `keyOf` names a row; a change of a row that is not there adds it.
 */
export function amended<R>(
  base: readonly R[],
  changes: readonly RowChange<R>[],
  keyOf: (row: R) => string,
): R[] {
  if (changes.length === 0) return [...base];
  const places: (R | null)[] = [...base];
  const placeOf = new Map(base.map((row, place) => [keyOf(row), place]));
  for (const { before, after } of changes) {
    const place =
      (before === null ? undefined : placeOf.get(keyOf(before))) ??
      (after === null ? undefined : placeOf.get(keyOf(after)));
    if (place === undefined) {
      if (after !== null) placeOf.set(keyOf(after), places.push(after) - 1);
      continue;
    }
    places[place] = after;
    if (after !== null) placeOf.set(keyOf(after), place);
  }
  return places.filter((row) => row !== null);
}

/**
 * May a change still be made to the rows in effect? Not when the row it starts from was changed meanwhile, nor when
 * what it adds is there already.
 */
export function stillFits<R>(
  rows: readonly R[],
  { before, after }: RowChange<R>,
  keyOf: (row: R) => string,
): boolean {
  const found = (row: R) => rows.find((one) => keyOf(one) === keyOf(row));
  if (before !== null) {
    const held = found(before);
    if (held === undefined || !sameRow(held, before)) return false;
    return after === null || keyOf(after) === keyOf(before) || found(after) === undefined;
  }
  return after !== null && found(after) === undefined;
}

/** Do two rows say the same? Fields in any order; lists in theirs. */
export function sameRow(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}
