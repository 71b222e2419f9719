import type { GateOptions } from '#lib/domain/match/gates.ts';
import type { Need } from '#lib/domain/match/need.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { planSlots, type SlotPlan } from '#lib/server/match/plan.ts';
import { planGates, type GatePlan } from '#lib/server/match/plan-gates.ts';
import { FLAG, type Segment } from '#lib/server/match/segment.ts';
import { Top } from '#lib/server/match/top.ts';

export interface ScanOptions extends GateOptions {
  limit: number;
  offset?: number;
  /** real: demonstration records are left out; demo: only they are in. */
  scope?: 'all' | 'real' | 'demo';
  /** Only these may be in the list; all are counted. */
  keep?: (id: string) => boolean;
}

const OF_NO_INTEREST = -2;
const TOO_FEW = -1;

/**
 * One pass over the companies for one need. Every company is counted, none is passed over by guess: one is
 * left unscored only when even full points in what is not yet reckoned could not bring it into the list.
 *
 * Where a must line names a capability, only its holders are looked at, those of the capability itself
 * before those of related ones, nearest first: the list fills early, and what a distant capability can
 * still reach is bounded by its degree.
 */
export class Scan {
  readonly top: Top;
  considered = 0;
  passed = 0;
  /** Passed, and with something of what is asked. */
  total = 0;
  private readonly options: ScanOptions;
  private readonly gates: readonly GatePlan[];
  /** Gates left to ask of a company that is `plain`. */
  private readonly special: readonly GatePlan[];
  private readonly slots: readonly SlotPlan[];
  private readonly asksSomething: boolean;
  /** Points of the slots from each on. */
  private readonly rest: Float64Array;
  private readonly byRequirement: ReadonlyMap<string, SlotPlan>;
  private readonly stage: number;
  private readonly everybody: boolean;

  constructor(need: Need, words: Dictionaries, options: ScanOptions) {
    const { slots, byRequirement, asksSomething } = planSlots(need, words);
    this.options = options;
    this.stage = need.basis.model.stageDegree;
    this.everybody = options.scope === undefined || options.scope === 'all';
    this.top = new Top((options.offset ?? 0) + options.limit);
    this.gates = planGates(need, words, options);
    this.special = this.gates.filter(({ plain }) => !plain);
    this.slots = slots;
    this.byRequirement = byRequirement;
    this.asksSomething = asksSomething;
    this.rest = new Float64Array(slots.length + 1);
    for (let i = slots.length - 1; i >= 0; i -= 1)
      this.rest[i] = (this.rest[i + 1] ?? 0) + (slots[i]?.max ?? 0);
  }

  segment(segment: Segment, number: number): void {
    this.considered += countInScope(segment, this.options.scope);
    const driver = rarest(segment, this.gates);
    if (driver === null) {
      const gates = this.special;
      for (let at = 0; at < segment.size; at += 1) this.visit(segment, number, at, gates, Infinity);
      return;
    }
    const gates = this.special.filter((gate) => gate !== driver.gate);
    const slot = this.byRequirement.get(driver.gate.requirement ?? '');
    const others = (this.rest[0] ?? 0) - (slot?.max ?? 0);
    const seen = driver.lists.length > 1 ? new Uint8Array(segment.size) : null;
    for (const { holders, degree } of driver.lists) {
      const bound = others + Math.ceil((slot?.max ?? 0) * Math.max(degree, this.stage));
      for (let i = 0; i < holders.length; i += 1) {
        const at = holders[i] ?? 0;
        if (seen !== null) {
          if (seen[at] === 1) continue;
          seen[at] = 1;
        }
        this.visit(segment, number, at, gates, bound);
      }
    }
  }

  /** Asks the gates of one company and offers it; `bound` is the most it can reach. */
  private visit(
    segment: Segment,
    number: number,
    at: number,
    gates: readonly GatePlan[],
    bound: number,
  ): void {
    if (!this.everybody && !inScope(segment, at, this.options.scope)) return;
    if (
      segment.plain[at] === 0 &&
      (segment.dead[at] === 1 || !this.gates.every((gate) => gate.passes(segment, at)))
    )
      return;
    for (let i = 0; i < gates.length; i += 1) if (gates[i]?.passes(segment, at) === false) return;
    this.passed += 1;
    const threshold = this.top.threshold();
    // with a must capability there is something of what is asked: nothing to find out by scoring
    if (bound < threshold && this.options.keep === undefined) {
      this.total += 1;
      return;
    }
    const { keep } = this.options;
    const units = this.score(segment, at, threshold, bound !== Infinity);
    if (units === OF_NO_INTEREST || (keep !== undefined && !keep(segment.ids[at] ?? ''))) return;
    this.total += 1;
    if (units >= 0) this.top.offer(units, segment.ids[at] ?? '', number, at);
  }

  /** Units of a company; `TOO_FEW` as soon as it cannot reach `threshold` any more. */
  private score(segment: Segment, at: number, threshold: number, interesting: boolean): number {
    const { slots, rest } = this;
    let sum = 0;
    let asked = interesting || !this.asksSomething;
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

interface Driver {
  gate: GatePlan;
  lists: { holders: Uint32Array; degree: number }[];
}

/** The must capability that fewest hold, with its holders: nearest capability first. */
function rarest(segment: Segment, gates: readonly GatePlan[]): Driver | null {
  let best: Driver | null = null;
  let fewest = Infinity;
  for (const gate of gates) {
    if (gate.leaves === null) continue;
    const lists: Driver['lists'] = [];
    let count = 0;
    for (let leaf = 0; leaf < segment.holders.length; leaf += 1) {
      const degree = gate.leaves[leaf] ?? 0;
      const holders = segment.holders[leaf];
      if (degree === 0 || holders === undefined || holders.length === 0) continue;
      lists.push({ holders, degree });
      count += holders.length;
    }
    if (count >= fewest) continue;
    fewest = count;
    best = { gate, lists: lists.sort((a, b) => b.degree - a.degree) };
  }
  return best;
}

export function inScope(segment: Segment, at: number, scope: ScanOptions['scope']): boolean {
  if (scope === undefined || scope === 'all') return true;
  return (((segment.flags[at] ?? 0) & FLAG.demo) !== 0) === (scope === 'demo');
}

export function countInScope(segment: Segment, scope: ScanOptions['scope']): number {
  let count = 0;
  for (let at = 0; at < segment.size; at += 1)
    if (segment.dead[at] === 0 && inScope(segment, at, scope)) count += 1;
  return count;
}
