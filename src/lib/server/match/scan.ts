import type { GateOptions } from '#lib/domain/match/gates.ts';
import type { Need } from '#lib/domain/match/need.ts';
import { countBits, hasBit, intersect, noBits, takeAway, unite, type Bits } from '#lib/server/match/bits.ts';
import type { CapabilityPlan } from '#lib/server/match/capability-plan.ts';
import { Partition, type CompanyClass } from '#lib/server/match/partition.ts';
import { FirstRows } from '#lib/server/match/first-rows.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { planNeed, type NeedPlan } from '#lib/server/match/plan.ts';
import { placesOf } from '#lib/server/match/places.ts';
import { OPEN_RULES, planGates, type GatePlan } from '#lib/server/match/plan-gates.ts';
import { Scorer, TOO_FEW } from '#lib/server/match/scorer.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import type { Scope } from '#lib/server/match/segment-memo.ts';
import { Top } from '#lib/server/match/top.ts';

export interface ScanOptions extends GateOptions {
  limit: number;
  offset?: number;
  /** real: demonstration records are left out; demo: only they are in. */
  scope?: Scope;
  /** Companies that show themselves to nobody (`OPEN_RULES`) are in no count: for whoever may not know of them. */
  shownOnly?: boolean;
  /** Companies that are taken for not being there. */
  without?: ReadonlySet<string>;
}

/** Rows that are passed over in the time that one company takes to be sorted into its class and perhaps read. */
const ROWS_A_COMPANY = 8;

/**
 * One pass over the companies for one need: exact. Gates are intersections of sets, so that every company is
 * counted. Who passes is parted into classes by sets as well, and a class is read only when its best could still
 * come into the list; in it a company is left as soon as it cannot. Both are arithmetic, nothing is a guess.
 * Where many pass, the rows that meet the heaviest line are read first: hardly anybody else is left to be read then.
 */
export class Scan {
  readonly top: Top;
  readonly plan: NeedPlan;
  considered = 0;
  passed = 0;
  /** Passed, and with something of what is asked. */
  total = 0;
  private readonly scope: Scope;
  private readonly shownOnly: boolean;
  private readonly without: ReadonlySet<string> | null;
  private readonly gates: readonly GatePlan[];
  private readonly interest: Interest;

  constructor(need: Need, words: Dictionaries, segments: readonly Segment[], options: ScanOptions) {
    this.plan = planNeed(need, words);
    this.scope = options.scope ?? 'all';
    this.shownOnly = options.shownOnly === true;
    this.without = options.without ?? null;
    this.gates = planGates(need, words, options).filter(({ rule }) => !OPEN_RULES.includes(rule));
    this.interest = new Interest(this.plan, this.gates);
    this.top = new Top((options.offset ?? 0) + options.limit, (number, at) => segments[number]?.id(at) ?? '');
    segments.forEach((segment, number) => this.read(segment, number));
  }

  private read(segment: Segment, number: number): void {
    const { considered, open, shown } = segment.memo.base(this.scope);
    const passing = segment.memo.scratch('passing');
    passing.set(open);
    if (this.without !== null) takeAway(passing, placesOf(segment, this.without));
    const there = this.without === null ? shown : countBits(passing);
    this.considered += this.shownOnly ? there : considered;
    for (const gate of this.gates) gate.narrow(segment, passing);
    const passed = countBits(passing);
    this.passed += passed;
    this.total += this.interest.narrow(segment, passing, passed);
    const scorer = new Scorer(this.plan, segment);
    const rows = FirstRows.of(this.plan, segment);
    const first = rows !== null && rows.entries < passed * ROWS_A_COMPANY ? rows : null;
    const partition = new Partition(this.plan, segment, first !== null);
    first?.read({ passing, number, top: this.top, scorer, partition });
    partition.take(passing, this.top.threshold);
    for (const one of partition.classes()) {
      if (one.most < this.top.threshold) return;
      this.readClass(number, one, partition, scorer);
    }
  }

  private readClass(
    number: number,
    one: CompanyClass & { last: number },
    partition: Partition,
    scorer: Scorer,
  ): void {
    const { top } = this;
    for (let at = one.last; at >= 0; at = partition.next(at)) {
      const units = scorer.units(at, one, top.threshold);
      if (units !== TOO_FEW) top.offer(units, number, at);
    }
  }
}

/** Who has anything of what is asked: language and country alone do not make a match. */
class Interest {
  private readonly lines: readonly CapabilityPlan[];
  /** A must line sees to it. */
  private readonly given: boolean;

  constructor({ lines }: NeedPlan, gates: readonly GatePlan[]) {
    this.lines = lines;
    this.given =
      lines.length === 0 ||
      lines.some(
        (line) =>
          line.slot.must &&
          gates.some(
            ({ requirement, rule }) => rule === 'must-capability' && requirement === line.slot.requirement,
          ) &&
          line.least(leastDegree(line, 0), 0) > 0,
      );
  }

  /** Takes out of `passing`, who are `passed`, who has nothing of it, and counts who is left. */
  narrow(segment: Segment, passing: Bits, passed: number): number {
    if (this.given) return passed;
    const bits = noBits(segment.size);
    for (const line of this.lines) unite(bits, withSome(line, segment));
    intersect(passing, bits);
    // a line of very few points may round all of them away
    if (!this.lines.every(isNeverNothing)) this.takeOutNothing(segment, passing);
    return countBits(passing);
  }

  private takeOutNothing({ columns, size }: Segment, passing: Bits): void {
    for (let at = 0; at < size; at += 1)
      if (hasBit(passing, at) && this.lines.every((line) => line.units(columns, at, 0) === 0))
        passing[at >>> 5] = (passing[at >>> 5] ?? 0) & ~(1 << (at & 31));
  }
}

/** Who may have points on a line: a leaf of some degree, or a mineral of some. */
function withSome(line: CapabilityPlan, { memo, sets, words, size }: Segment): Bits {
  const { leaf, minerals } = line.slot;
  if (leaf !== null)
    return memo.union(
      `some ${words.numberOf(line.basis)} ${leaf}`,
      sets.leaves,
      (held) => (line.degree[held] ?? 0) > 0,
    );
  const bits = noBits(size);
  unite(bits, sets.noMineral);
  unite(
    bits,
    memo.union(
      `any ${words.numberOf(line.basis)} ${minerals.join('|')}`,
      sets.minerals,
      (held) => line.minerals.ofOne(words.minerals.word(held)) > 0,
    ),
  );
  return bits;
}

/** Does every row of some degree give at least one unit? */
function isNeverNothing(line: CapabilityPlan): boolean {
  return line.slot.leaf === null
    ? line.least(1, line.minerals.leastOfAny()) > 0
    : line.least(leastDegree(line, 0), 0) > 0;
}

/** The smallest degree of a leaf above a bound. */
function leastDegree({ degree }: CapabilityPlan, above: number): number {
  let least = 1;
  for (const one of degree) if (one > above && one < least) least = one;
  return least;
}
