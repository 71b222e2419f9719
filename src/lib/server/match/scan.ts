import type { GateOptions } from '#lib/domain/match/gates.ts';
import type { Need } from '#lib/domain/match/need.ts';
import { clearBit, countBits, hasBit, intersect, takeOut, type Bits } from '#lib/server/match/bits.ts';
import type { CapabilityPlan } from '#lib/server/match/capability-plan.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { planSlots, type SlotPlan } from '#lib/server/match/plan.ts';
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
 * counted. Then the rows of the heaviest capability line are read leaf by leaf, the capability itself first:
 * a company is scored as a whole when one of its rows, with full points elsewhere, could bring it into the
 * list; one none of whose rows could is shut out by arithmetic, not by guess.
 */
export class Scan {
  readonly top: Top;
  considered = 0;
  passed = 0;
  /** Passed, and with something of what is asked. */
  total = 0;
  private readonly scope: ScanOptions['scope'];
  private readonly gates: readonly GatePlan[];
  private readonly slots: readonly SlotPlan[];
  private readonly asksSomething: boolean;
  /** A must line names a capability: whoever passes has something of what is asked. */
  private readonly interesting: boolean;
  /** Points of the slots from each on. */
  private readonly rest: Float64Array;
  private readonly heaviest: CapabilityPlan | null;

  constructor(need: Need, words: Dictionaries, options: ScanOptions) {
    const { slots, asksSomething, heaviest } = planSlots(need, words);
    this.scope = options.scope;
    this.top = new Top((options.offset ?? 0) + options.limit);
    this.gates = planGates(need, words, options);
    this.slots = slots;
    this.asksSomething = asksSomething;
    this.interesting = this.gates.some(({ rule }) => rule === 'must-capability');
    this.rest = new Float64Array(slots.length + 1);
    for (let i = slots.length - 1; i >= 0; i -= 1)
      this.rest[i] = (this.rest[i + 1] ?? 0) + (slots[i]?.max ?? 0);
    this.heaviest = heaviest;
  }

  segment(segment: Segment, number: number): void {
    const passing = inScope(segment, this.scope);
    this.considered += countBits(passing);
    for (const gate of this.gates) intersect(passing, gate.passing(segment));
    const passed = countBits(passing);
    this.passed += passed;
    if (this.interesting) this.total += passed;
    const { heaviest } = this;
    if (heaviest !== null && this.interesting) this.readBlocks(heaviest, segment, number, passing);
    // whom no row of the line has brought up can still have points elsewhere
    const elsewhere = heaviest === null ? 0 : heaviest.max;
    if (!this.interesting || (this.rest[0] ?? 0) - elsewhere >= this.top.threshold())
      this.visitAll(segment, number, passing);
  }

  /** Scores who could get into the list by a row of the line, and takes them out of `passing`. */
  private readBlocks(line: CapabilityPlan, segment: Segment, number: number, passing: Bits): void {
    const { blocks } = segment;
    const others = (this.rest[0] ?? 0) - line.max;
    const leaves = Array.from(line.degree.keys()).filter((leaf) => (line.degree[leaf] ?? 0) > 0);
    leaves.sort((a, b) => (line.degree[b] ?? 0) - (line.degree[a] ?? 0));
    for (const leaf of leaves) {
      const degree = line.degree[leaf] ?? 0;
      if (others + line.most(degree) < this.top.threshold()) return;
      const end = blocks.start[leaf + 1] ?? 0;
      for (let place = blocks.start[leaf] ?? 0; place < end; place += 1) {
        const at = blocks.owner[place] ?? 0;
        if (!hasBit(passing, at)) continue;
        const least = this.top.threshold() - others;
        if (line.blockUnits(segment, blocks, place, degree, least) < least) continue;
        clearBit(passing, at);
        this.visit(segment, number, at);
      }
    }
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

/** The companies of a segment that are in a scope, as a set of one's own. */
export function inScope({ sets }: Segment, scope: ScanOptions['scope']): Bits {
  const bits = sets.alive.slice();
  if (scope === 'demo') intersect(bits, sets.demo);
  if (scope === 'real') takeOut(bits, sets.demo);
  return bits;
}
