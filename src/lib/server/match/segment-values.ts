/** Companies in numbers: statuses, flags, days and what stands for nothing. */

export const STATUSES = ['registered', 'vetted', 'refused', 'suspended'] as const;
export const FLAG = { screened: 1, published: 2, canInvest: 4, demo: 8 } as const;
/** No end, no year (the one before the first a record may state), nothing named. */
export const NO_DAY = 99_999_999;
export const NO_YEAR = 1899;
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

/** Most leaves and sets of minerals that a head can tell apart. */
export const MOST_LEAVES = 1024;
export const MOST_MINERAL_SETS = 1 << 20;

/** A row of a capability in one number: 10 bits leaf, 2 bits evidence, 20 bits set of minerals. */
export function headOf(leaf: number, evidence: number, minerals: number): number {
  if (leaf >= MOST_LEAVES || minerals >= MOST_MINERAL_SETS)
    throw new Error('more capabilities or sets of minerals than the index has room for');
  return ((leaf << 22) | (evidence << 20) | minerals) >>> 0;
}
export const leafOf = (head: number): number => head >>> 22;
export const evidenceOf = (head: number): number => (head >>> 20) & 3;
export const mineralsOf = (head: number): number => head & 0xfffff;
