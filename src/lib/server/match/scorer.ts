import type { CompanyClass } from '#lib/server/match/partition.ts';
import type { NeedPlan } from '#lib/server/match/plan.ts';
import type { Segment } from '#lib/server/match/segment.ts';

export const TOO_FEW = -1;

interface ScoredTable {
  max: number;
  isCountry: boolean;
  column: Uint8Array | Uint16Array;
  units: Uint16Array;
}

/** Scores companies, and stops at each as soon as it cannot reach what is needed. */
export class Scorer {
  private readonly segment: Segment;
  private readonly plan: NeedPlan;
  private readonly tables: readonly ScoredTable[];

  constructor(plan: NeedPlan, segment: Segment) {
    this.plan = plan;
    this.segment = segment;
    this.tables = plan.tables.map((table) => ({
      ...{ max: table.max, isCountry: table === plan.country },
      ...table.on(segment),
    }));
  }

  /** Units of the company at a place, a member of the class; `TOO_FEW` when they are fewer than `least`. */
  units(at: number, one: CompanyClass, least: number): number {
    const [line] = this.plan.lines;
    if (line === undefined) return this.besides(at, one, one.most, least);
    const onLine = one.lines[0] ?? 0;
    const most = one.most - onLine + line.units(this.segment.columns, at, least - one.most + onLine);
    return most < least ? TOO_FEW : this.besides(at, one, most, least);
  }

  /** The same of a company whose units on the first line are known to be at least those that `one` states. */
  unitsFrom(at: number, one: CompanyClass, least: number): number {
    const most = this.besides(at, one, one.most, least);
    if (most === TOO_FEW) return most;
    return most - (one.lines[0] ?? 0) + (this.plan.lines[0]?.units(this.segment.columns, at, 0) ?? 0);
  }

  /** What is left of `most` when each slot but the first line has taken off what the company misses there. */
  private besides(at: number, one: CompanyClass, most: number, least: number): number {
    const { plan } = this;
    const { columns } = this.segment;
    for (let i = 0; i < this.tables.length; i += 1) {
      const table = this.tables[i];
      if (table !== undefined)
        most -= (table.isCountry ? one.country : table.max) - (table.units[table.column[at] ?? 0] ?? 0);
    }
    if (most < least) return TOO_FEW;
    const { reference, text } = plan;
    if (reference !== null) most -= one.reference - reference.units(columns, at);
    if (most < least) return TOO_FEW;
    for (let i = 1; i < plan.lines.length; i += 1) {
      const onLine = one.lines[i] ?? 0;
      most -= onLine - (plan.lines[i]?.units(columns, at, least - most + onLine) ?? 0);
      if (most < least) return TOO_FEW;
    }
    for (let i = 0; i < plan.certificates.length; i += 1) {
      const certificate = plan.certificates[i];
      if (certificate !== undefined) most -= certificate.max - certificate.units(columns, at);
    }
    if (most < least) return TOO_FEW;
    if (text !== null) most -= text.max - text.units(columns, at);
    return most < least ? TOO_FEW : most;
  }
}
