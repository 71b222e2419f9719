import { setBit, unite, type Bits } from '#lib/server/match/bits.ts';

/** Rows between two kept sets. */
const STRIDE = 1024;

/**
 * Who has something that is valid at the end of a day, for any day: rows in the order of their last days, the
 * latest first, and at every stride of them the set of all before.
 */
export class UntilSets {
  private readonly untils: Int32Array;
  private readonly owners: Uint32Array;
  private readonly kept: Bits[];

  constructor(rows: readonly { until: number; owner: number }[], size: number) {
    const sorted = rows.toSorted((a, b) => b.until - a.until);
    this.untils = Int32Array.from(sorted, ({ until }) => until);
    this.owners = Uint32Array.from(sorted, ({ owner }) => owner);
    const bits = new Uint32Array((size + 31) >>> 5);
    this.kept = [bits.slice()];
    for (let at = 0; at < this.owners.length; at += 1) {
      setBit(bits, this.owners[at] ?? 0);
      if ((at + 1) % STRIDE === 0) this.kept.push(bits.slice());
    }
  }

  /** Adds to `into` who has a row valid on a day (`dayNumber`). */
  addValidAt(day: number, into: Bits): void {
    const count = this.countFrom(day);
    const stride = Math.floor(count / STRIDE);
    const before = this.kept[stride];
    if (before !== undefined && stride > 0) unite(into, before);
    for (let at = stride * STRIDE; at < count; at += 1) setBit(into, this.owners[at] ?? 0);
  }

  /** How many rows are valid on a day. */
  private countFrom(day: number): number {
    let low = 0;
    let high = this.untils.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.untils[middle] ?? 0) >= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
