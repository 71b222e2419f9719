import type { CapabilitySlot, Need } from '#lib/domain/match/need.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';

/** The minerals of a row against those asked: `slotMineral` of the domain, over numbers or over a mask. */
export class MineralPlan {
  private readonly from: CapabilitySlot['mineralsFrom'];
  private readonly asked: number;
  /** asked × held: worth of each held mineral for each asked one */
  private readonly degrees: Float64Array;
  private readonly held: number;
  /** for each asked mineral its degrees, highest first, each with the minerals that have it */
  private readonly tiers: { degree: number; low: number; high: number }[][];
  private readonly best: number;
  private readonly unstated: number;
  private readonly context: number;

  constructor(need: Need, slot: CapabilitySlot, words: Dictionaries) {
    const { relations, model } = need.basis;
    const held = words.minerals.words;
    this.from = slot.mineralsFrom;
    this.asked = slot.minerals.length;
    this.held = held.length;
    this.degrees = new Float64Array(this.asked * this.held);
    this.tiers = slot.minerals.map((mineral, i) => {
      const row = words.table(
        relations,
        `mineral ${mineral}`,
        held,
        (one) => relations.mineral(mineral, one).degree,
      );
      this.degrees.set(row, i * this.held);
      return tiersOf(row);
    });
    this.best = model.mineral.best;
    this.unstated = model.mineral.unstated;
    this.context = model.mineral.context;
  }

  /** Worth of the minerals that a row lists. */
  worth(starts: Uint32Array, minerals: Uint16Array, row: number): number {
    if (this.from === 'none') return 1;
    const worth = this.listed(minerals, starts[row] ?? 0, starts[row + 1] ?? 0);
    return this.from === 'line' ? worth : 1 - this.context * (1 - worth);
  }

  /** Worth of the minerals of a mask. */
  worthOfMask(low: number, high: number): number {
    if (this.from === 'none') return 1;
    const worth = low === 0 && high === 0 ? this.unstated : this.masked(low, high);
    return this.from === 'line' ? worth : 1 - this.context * (1 - worth);
  }

  private listed(minerals: Uint16Array, start: number, end: number): number {
    if (start === end) return this.unstated;
    let best = 0;
    let sum = 0;
    for (let i = 0; i < this.asked; i += 1) {
      let nearest = 0;
      for (let place = start; place < end; place += 1) {
        const degree = this.degrees[i * this.held + (minerals[place] ?? 0)] ?? 0;
        if (degree > nearest) nearest = degree;
      }
      if (nearest > best) best = nearest;
      sum += nearest;
    }
    return this.best * best + ((1 - this.best) * sum) / this.asked;
  }

  private masked(low: number, high: number): number {
    let best = 0;
    let sum = 0;
    for (let i = 0; i < this.tiers.length; i += 1) {
      let nearest = 0;
      const tiers = this.tiers[i];
      if (tiers !== undefined)
        for (let k = 0; k < tiers.length; k += 1) {
          const tier = tiers[k];
          if (tier !== undefined && ((low & tier.low) !== 0 || (high & tier.high) !== 0)) {
            nearest = tier.degree;
            break;
          }
        }
      if (nearest > best) best = nearest;
      sum += nearest;
    }
    return this.best * best + ((1 - this.best) * sum) / this.asked;
  }
}

function tiersOf(degrees: Float64Array): { degree: number; low: number; high: number }[] {
  const byDegree = new Map<number, { degree: number; low: number; high: number }>();
  degrees.forEach((degree, mineral) => {
    if (degree === 0 || mineral >= 64) return;
    let tier = byDegree.get(degree);
    if (tier === undefined) byDegree.set(degree, (tier = { degree, low: 0, high: 0 }));
    if (mineral < 32) tier.low |= 1 << mineral;
    else tier.high |= 1 << (mineral - 32);
  });
  return [...byDegree.values()].sort((a, b) => b.degree - a.degree);
}
