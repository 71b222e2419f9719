/** Thresholds of the Herfindahl–Hirschman index used here: below the first low, up to the second moderate. */
export const HHI_STEPS = [1500, 2500] as const;
export const HHI_MAX = 10_000;

export type ConcentrationLevel = 'low' | 'moderate' | 'high' | 'very-high';

/**
 * The concentration index of a supply (Herfindahl–Hirschman): the sum of the squares of the countries' shares in
 * per cent, 0 to 10,000. Only countries named in the table count; what is left over is not one country, so the
 * index is a lower bound. Null when the world total is not known or nothing is named.
 */
export function concentrationIndex(amounts: readonly number[], worldTotal: number | null): number | null {
  if (worldTotal === null || worldTotal <= 0 || amounts.length === 0) return null;
  const index = amounts.reduce((sum, amount) => sum + ((amount / worldTotal) * 100) ** 2, 0);
  // Rounded world totals can push a single producer a little over 100 %.
  return Math.min(HHI_MAX, Math.round(index));
}

/** In words; "very high" from 5,000 on, as when one country supplies seven tenths. */
export function concentrationLevel(index: number): ConcentrationLevel {
  if (index < HHI_STEPS[0]) return 'low';
  if (index <= HHI_STEPS[1]) return 'moderate';
  return index < 5000 ? 'high' : 'very-high';
}
