import type { MatchModel } from '#lib/domain/match/model.ts';

/**
 * Worth of single facts, 0–1. Both the engine and the explanation call these, so that they cannot differ.
 * None of them ever falls when a fact is added.
 */

/** Capacity against need in the same unit: below it in proportion, full from the headroom on. */
export function capacityWorth(model: MatchModel, ratio: number): number {
  const { exact, headroom } = model.capacity;
  if (!(ratio > 0)) return 0;
  if (ratio < 1) return exact * ratio;
  if (ratio >= headroom) return 1;
  return exact + ((1 - exact) * (ratio - 1)) / (headroom - 1);
}

/** A year against the year the work is wanted: full while fresh, nothing when stale or not stated. */
export function ageWorth(model: MatchModel, year: number | null, wanted: number): number {
  if (year === null) return 0;
  const age = wanted - year;
  if (age <= model.age.fresh) return 1;
  if (age >= model.age.stale) return 0;
  return (model.age.stale - age) / (model.age.stale - model.age.fresh);
}

/** Full within a year of the last change, half within two. */
export function freshnessWorth(updatedOn: string | null, today: string): number {
  if (updatedOn === null) return 1;
  const years = fullYears(updatedOn, today);
  return years < 1 ? 1 : years < 2 ? 0.5 : 0;
}

function fullYears(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** Terms in common against what is needed for full agreement. */
export function textWorth(model: MatchModel, common: number, asked: number): number {
  const enough = Math.min(model.textTerms, asked);
  return enough <= 0 ? 0 : Math.min(1, common / enough);
}

/** A mineral's worth where it counts only in part: `keen` 1 in full, 0 not at all. */
export function softened(worth: number, keen: number): number {
  return keen === 1 ? worth : 1 - keen * (1 - worth);
}

/** The five components of one capability row on one line, in units; their sum is the row's worth. */
export interface RowShares {
  capability: number;
  mineral: number;
  capacity: number;
  evidence: number;
  recency: number;
}

/** Facts of a row on a line, each 0–1. */
export interface RowFacts {
  degree: number;
  mineral: number;
  capacity: number;
  evidence: number;
  recency: number;
}

/** Worth of a row in whole units. `kept` is what another mineral leaves of capacity, evidence and recency. */
export function rowUnits(
  shares: RowShares,
  kept: number,
  degree: number,
  mineral: number,
  capacity: number,
  evidence: number,
  recency: number,
): number {
  const carried = kept + (1 - kept) * mineral;
  const rest = shares.capacity * capacity + shares.evidence * evidence + shares.recency * recency;
  return Math.floor(degree * (shares.capability + shares.mineral * mineral + carried * rest) + 1e-6);
}

/** The same, component by component, before rounding. */
export function rowComponents(shares: RowShares, kept: number, facts: RowFacts): RowShares {
  const carried = (kept + (1 - kept) * facts.mineral) * facts.degree;
  return {
    capability: shares.capability * facts.degree,
    mineral: shares.mineral * facts.degree * facts.mineral,
    capacity: shares.capacity * carried * facts.capacity,
    evidence: shares.evidence * carried * facts.evidence,
    recency: shares.recency * carried * facts.recency,
  };
}

/** Shares `total` out in proportion to `weights`, in whole units that add up to it exactly. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) return weights.map((_, index) => (index === 0 ? total : 0));
  const exact = weights.map((weight) => (total * weight) / sum);
  const whole = exact.map((value) => Math.floor(value));
  let left = total - whole.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .filter(({ index }) => (weights[index] ?? 0) > 0)
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (let i = 0; left > 0 && order.length > 0; i = (i + 1) % order.length, left -= 1) {
    const index = order[i]?.index ?? 0;
    whole[index] = (whole[index] ?? 0) + 1;
  }
  return whole;
}
