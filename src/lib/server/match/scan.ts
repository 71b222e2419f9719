import type { GateOptions } from '#lib/domain/match/gates.ts';
import { leafDegree } from '#lib/domain/match/facts.ts';
import type { CapabilitySlot, Need } from '#lib/domain/match/need.ts';
import { rowUnits } from '#lib/domain/match/value.ts';
import { countBits, intersect, noBits, takeOut, unite, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { ceilingOf, planSlots, type SlotPlan } from '#lib/server/match/plan.ts';
import { planGates, type GatePlan } from '#lib/server/match/plan-gates.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { Top } from '#lib/server/match/top.ts';

export interface ScanOptions extends GateOptions {
  limit: number;
  offset?: number;
  /** real: demonstration records are left out; demo: only they are in. */
  scope?: 'all' | 'real' | 'demo';
}

const OF_NO_INTEREST = -2;
const TOO_FEW = -1;

/**
 * One pass over the companies for one need: exact. Gates are intersections of sets, so that every company is
 * counted. Those let through are parted by what the heaviest capability line could give them at most (the
 * nearest capability they hold, and whether they name the mineral); the parts are scored from the most
 * promising down, and the pass ends when even full points elsewhere could not bring the rest into the list.
 */
export class Scan {
  readonly top: Top;
  considered = 0;
  passed = 0;
  /** Passed, and with something of what is asked. */
  total = 0;
  private readonly need: Need;
  private readonly words: Dictionaries;
  private readonly scope: ScanOptions['scope'];
  private readonly gates: readonly GatePlan[];
  private readonly slots: readonly SlotPlan[];
  private readonly asksSomething: boolean;
  /** A must line names a capability: whoever passes has something of what is asked. */
  private readonly interesting: boolean;
  /** Points of the slots from each on. */
  private readonly rest: Float64Array;
  private readonly heaviest: CapabilitySlot | null;

  constructor(need: Need, words: Dictionaries, options: ScanOptions) {
    const { slots, asksSomething } = planSlots(need, words);
    this.need = need;
    this.words = words;
    this.scope = options.scope;
    this.top = new Top((options.offset ?? 0) + options.limit);
    this.gates = planGates(need, words, options);
    this.slots = slots;
    this.asksSomething = asksSomething;
    this.interesting = this.gates.some(({ rule }) => rule === 'must-capability');
    this.rest = new Float64Array(slots.length + 1);
    for (let i = slots.length - 1; i >= 0; i -= 1)
      this.rest[i] = (this.rest[i + 1] ?? 0) + (slots[i]?.max ?? 0);
    this.heaviest = heaviestSlot(need);
  }

  segment(segment: Segment, number: number): void {
    const passing = inScope(segment, this.scope);
    this.considered += countBits(passing);
    for (const gate of this.gates) intersect(passing, gate.passing(segment));
    const passed = countBits(passing);
    this.passed += passed;
    if (this.interesting) this.total += passed;
    for (const { bits, bound } of this.parts(segment, passing)) {
      if (this.interesting && bound < this.top.threshold()) break;
      this.visitAll(segment, number, bits);
    }
  }

  /** The companies that pass, parted by the most they could reach; most promising first. */
  private parts(segment: Segment, passing: Bits): { bits: Bits; bound: number }[] {
    const slot = this.heaviest;
    const most = this.rest[0] ?? 0;
    if (slot === null || slot.leaf === null) return [{ bits: passing, bound: most }];
    const others = most - slot.max;
    const parts: { bits: Bits; bound: number }[] = [];
    const left = passing.slice();
    const mineral = this.mineralHolders(segment, slot);
    for (const [degree, leaves] of this.leavesByDegree(slot)) {
      const holders = noBits(segment.size);
      for (const leaf of leaves) unite(holders, segment.sets.leaves[leaf] ?? holders);
      const held = takeOut(left, holders);
      if (mineral !== null)
        parts.push({ bits: takeOut(held, mineral.holders), bound: others + this.ceiling(slot, degree, 1) });
      parts.push({
        bits: held,
        bound: others + this.ceiling(slot, degree, mineral === null ? 1 : mineral.elsewhere),
      });
    }
    parts.push({ bits: left, bound: others });
    return parts.sort((a, b) => b.bound - a.bound);
  }

  /** Leaves that give anything on a slot, nearest first, those of one degree together. */
  private leavesByDegree(slot: CapabilitySlot): [number, number[]][] {
    const degrees = this.words.table(`degree ${slot.leaf ?? ''}`, this.words.leaves.words, (leaf) =>
      leafDegree(this.need, slot, leaf),
    );
    const byDegree = new Map<number, number[]>();
    degrees.forEach((degree, leaf) => {
      if (degree === 0) return;
      const leaves = byDegree.get(degree);
      if (leaves === undefined) byDegree.set(degree, [leaf]);
      else leaves.push(leaf);
    });
    return [...byDegree].sort(([a], [b]) => b - a);
  }

  /** Who names a mineral that is asked, and the most that naming others or none can be worth. */
  private mineralHolders(
    segment: Segment,
    slot: CapabilitySlot,
  ): { holders: Bits; elsewhere: number } | null {
    const { relations, model } = this.need.basis;
    if (slot.mineralsFrom === 'none') return null;
    const holders = noBits(segment.size);
    let elsewhere = model.mineral.unstated;
    this.words.minerals.words.forEach((held, number) => {
      if (slot.minerals.includes(held)) unite(holders, segment.sets.minerals[number] ?? holders);
      else
        for (const asked of slot.minerals)
          elsewhere = Math.max(elsewhere, relations.mineral(asked, held).degree);
    });
    return {
      holders,
      elsewhere: slot.mineralsFrom === 'line' ? elsewhere : 1 - model.mineral.context * (1 - elsewhere),
    };
  }

  /** The most a row can give on a slot with a capability and minerals of this worth. */
  private ceiling(slot: CapabilitySlot, degree: number, mineral: number): number {
    const { kept } = this.need.basis.model.mineral;
    const shares = ceilingOf(slot.shares, slot.withoutCapacity);
    return Math.min(slot.max, rowUnits(shares, kept, degree, mineral, 1, 1, 1) + 1);
  }

  private visitAll(segment: Segment, number: number, bits: Bits): void {
    for (let word = 0; word < bits.length; word += 1)
      for (let left = bits[word] ?? 0; left !== 0; left &= left - 1)
        this.visit(segment, number, (word << 5) + 31 - Math.clz32(left & -left));
  }

  private visit(segment: Segment, number: number, at: number): void {
    const units = this.score(segment, at, this.top.threshold());
    if (units === OF_NO_INTEREST) return;
    if (!this.interesting) this.total += 1;
    if (units >= 0) this.top.offer(units, segment.ids[at] ?? '', number, at);
  }

  /** Units of a company; `TOO_FEW` as soon as it cannot reach `threshold` any more. */
  private score(segment: Segment, at: number, threshold: number): number {
    const { slots, rest } = this;
    let sum = 0;
    let asked = this.interesting || !this.asksSomething;
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[i];
      if (slot === undefined) break;
      if (!slot.relevant && !asked) {
        if (sum === 0) return OF_NO_INTEREST;
        asked = true;
      }
      if (!asked) {
        sum += slot.units(segment, at);
        continue;
      }
      // fewer units here than this and the rest cannot make up for it
      const least = threshold - sum - (rest[i + 1] ?? 0);
      if (least > slot.max) return TOO_FEW;
      sum += slot.units(segment, at, least);
    }
    return asked || sum > 0 ? sum : OF_NO_INTEREST;
  }
}

function heaviestSlot(need: Need): CapabilitySlot | null {
  let heaviest: CapabilitySlot | null = null;
  for (const slot of need.slots)
    if (slot.kind === 'capability' && slot.max > (heaviest?.max ?? 0)) heaviest = slot;
  return heaviest;
}

/** The companies of a segment that are in a scope, as a set of one's own. */
export function inScope({ sets }: Segment, scope: ScanOptions['scope']): Bits {
  const bits = sets.alive.slice();
  if (scope === 'demo') intersect(bits, sets.demo);
  if (scope === 'real') takeOut(bits, sets.demo);
  return bits;
}
