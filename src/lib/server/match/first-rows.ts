import { clearBit, hasBit, intersect, putBoth, type Bits } from '#lib/server/match/bits.ts';
import type { CapabilityPlan } from '#lib/server/match/capability-plan.ts';
import type { CompanyClass, Partition } from '#lib/server/match/partition.ts';
import type { NeedPlan } from '#lib/server/match/plan.ts';
import { evidenceOfFacts, kindOfFacts, mineralsOfFacts } from '#lib/server/match/row-lists.ts';
import { TOO_FEW, type Scorer } from '#lib/server/match/scorer.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import type { Top } from '#lib/server/match/top.ts';

/** Entries of one leaf: all of them, or those that name a mineral asked. */
interface Run {
  start: number;
  end: number;
  /** Are they places in `named`, not entries? */
  named: boolean;
  degree: number;
  /** Most worth of the minerals; a row that is worth more stands in another run as well. */
  mineral: number;
}

/** What a list is read with. */
export interface Reading {
  /** Who may come into the list and was not scored yet. */
  passing: Bits;
  /** Number of the segment. */
  number: number;
  top: Top;
  scorer: Scorer;
  partition: Partition;
}

/** Bounds are reckoned in another order than units: this much more than any error of that. */
const SLACK = 1e-5;
/** From so many entries on it pays to look beforehand who cannot come into the list by the other slots. */
const LONG = 512;
const NO_EVIDENCE = 4;

/**
 * The rows that meet the heaviest line, read leaf by leaf from the lists (`row-lists.ts`) instead of company by company:
 * what each gives bounds how many points its company can have by it, and few rows are good enough. A company is scored
 * by the first of its rows that is; by a row that is not it cannot come into the list, but it may by another.
 */
export class FirstRows {
  /** How many rows there are. */
  readonly entries: number;
  private readonly line: CapabilityPlan;
  private readonly runs: readonly Run[];
  private readonly segment: Segment;
  /** The sets that who may come in was narrowed by last. */
  private narrowedBy: readonly Bits[] = [];
  private readonly known: { -readonly [K in keyof CompanyClass]: CompanyClass[K] } & { lines: number[] };

  private constructor(plan: NeedPlan, line: CapabilityPlan, runs: readonly Run[], segment: Segment) {
    this.line = line;
    this.runs = runs;
    this.segment = segment;
    this.entries = runs.reduce((sum, { start, end }) => sum + end - start, 0);
    this.known = { most: 0, lines: plan.lines.map(({ max }) => max), reference: 0, country: 0 };
  }

  /** null: no line names a capability. */
  static of(plan: NeedPlan, segment: Segment): FirstRows | null {
    const [line] = plan.lines;
    return line === undefined || line.slot.leaf === null
      ? null
      : new FirstRows(plan, line, runsOf(line, segment), segment);
  }

  /** Scores who can come into the list by a row of these, and takes them out of `passing`. */
  read(reading: Reading): void {
    for (const run of this.runs) {
      let place = run.start;
      while (place < run.end) place = this.readBlock(run, place, reading);
    }
  }

  /** Reads the rows from a place on that have the same evidence; the place behind them. */
  private readBlock(run: Run, from: number, reading: Reading): number {
    const { line, segment, known } = this;
    const { partition, top } = reading;
    const { owner, facts, amount, unit, named } = segment.lists;
    const { heads, next, held, totals } = segment.memo.queue();
    const { flat, rise, minerals } = line;
    const { degree, end } = run;
    const { threshold } = top;
    const least = threshold - partition.mostRest;
    const mostWorth = run.mineral + SLACK;
    let may = reading.passing;
    let evidence = NO_EVIDENCE;
    let count = 0;
    let highest = -1;
    let place = from;
    for (; place < end; place += 1) {
      const entry = run.named ? (named[place] ?? 0) : place;
      const at = owner[entry] ?? 0;
      if (!hasBit(may, at)) continue;
      const fact = facts[entry] ?? 0;
      if (evidenceOfFacts(fact) !== evidence) {
        if (evidence !== NO_EVIDENCE) break;
        evidence = evidenceOfFacts(fact);
        const most = line.most(degree, run.mineral, evidence, true);
        // none behind it gives more
        if (most < least) return end;
        if (end - place > LONG) may = this.whoMay(reading, threshold - most);
        if (!hasBit(may, at)) continue;
      }
      const worth = minerals.of(mineralsOfFacts(fact));
      if (worth > mostWorth) continue;
      const kind = kindOfFacts(fact);
      const most = degree * ((flat[kind] ?? 0) + worth * (rise[kind] ?? 0)) + SLACK;
      if (most < least) continue;
      const rest = partition.restOf(at, known);
      if (rest + most < threshold) continue;
      const total = rest + line.unitsOf(degree, worth, fact, unit[entry] ?? 0, amount[entry] ?? 0);
      if (total < threshold) continue;
      const head = total >>> 5;
      held[count] = at;
      totals[count] = total;
      next[count] = heads[head] ?? -1;
      heads[head] = count;
      count += 1;
      if (head > highest) highest = head;
    }
    if (count > 0) this.score(reading, highest, count);
    return place;
  }

  /**
   * Who passes and may have this many points besides the first line; perhaps also some who were scored since the same
   * sets were required before.
   */
  private whoMay({ passing, partition }: Reading, points: number): Bits {
    const required = partition.required(points);
    const [first, ...more] = required;
    if (first === undefined) return passing;
    const may = this.segment.memo.scratch('gate');
    const { narrowedBy } = this;
    if (required.length === narrowedBy.length && required.every((bits, i) => bits === narrowedBy[i]))
      return may;
    this.narrowedBy = required;
    putBoth(may, passing, first);
    for (const bits of more) intersect(may, bits);
    return may;
  }

  /** Scores those in the queue, so many and from `highest` on, and empties it: who may have most points comes first. */
  private score({ passing, partition, top, scorer, number }: Reading, highest: number, count: number): void {
    const { known } = this;
    let left = count;
    const { heads, next, held, totals } = this.segment.memo.queue();
    for (let head = highest; left > 0; head -= 1) {
      for (let i = heads[head] ?? -1; i >= 0; i = next[i] ?? -1) {
        left -= 1;
        const most = totals[i] ?? 0;
        const at = held[i] ?? 0;
        // by another row it was scored already
        if (most < top.threshold || !hasBit(passing, at)) continue;
        known.most = most;
        known.lines[0] = most - partition.restOf(at, known);
        const units = scorer.unitsFrom(at, known, top.threshold);
        if (units === TOO_FEW) continue;
        clearBit(passing, at);
        top.offer(units, number, at);
      }
      heads[head] = -1;
    }
  }
}

/** Of each leaf that meets the line those rows that name a mineral asked, then all. */
function runsOf(line: CapabilityPlan, { lists, words }: Segment): Run[] {
  const minerals = line.slot.mineralsFrom === 'none' ? [] : line.slot.minerals;
  const asked = minerals.map((mineral) => words.minerals.find(mineral));
  const without = line.minerals.withoutAsked();
  const runs: Run[] = [];
  for (const leaf of line.meeting()) {
    const start = lists.start[leaf];
    const end = lists.start[leaf + 1];
    // of a leaf that is newer than the segment it holds nothing
    if (start === undefined || end === undefined || start === end) continue;
    const degree = line.degree[leaf] ?? 0;
    for (const mineral of asked) {
      if (mineral < 0 || mineral >= lists.minerals) continue;
      const list = leaf * lists.minerals + mineral;
      const [first = 0, last = 0] = lists.namedStart.subarray(list, list + 2);
      runs.push({ start: first, end: last, named: true, degree, mineral: 1 });
    }
    runs.push({ start, end, named: false, degree, mineral: without });
  }
  return runs;
}
