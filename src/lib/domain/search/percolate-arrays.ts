/** Typed arrays that grow, and tables of numbers in them: a million entries without a million objects. */

/** A list of whole numbers. */
export class Ints {
  data: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.data = new Int32Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.data.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.data);
      this.data = wider;
    }
    this.data[this.length] = value;
    return this.length++;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }
}

/** An empty list with room for so many entries and a few more. */
export const roomFor = (entries: number): Ints => new Ints(Math.max(1024, Math.ceil(entries * 1.05)));

/** Most entries of a table before it is widened, as a share. */
const FULL = 0.6;

/**
 * Finds numbers by what they stand for, in open addressing. What an entry stands for is kept by the caller, who
 * compares; equal hashes need not be equal things.
 */
export class NumberTable {
  private slots = new Int32Array(1024);
  private hashes = new Int32Array(1024);
  private used = 0;

  /** The entry of a hash for which `same` holds; -1 when there is none. */
  find(hash: number, same: (entry: number) => boolean): number {
    const mask = this.slots.length - 1;
    for (let i = spread(hash) & mask; ; i = (i + 1) & mask) {
      const entry = (this.slots[i] ?? 0) - 1;
      if (entry < 0) return -1;
      if (this.hashes[i] === hash && same(entry)) return entry;
    }
  }

  /** Adds an entry that is not there. */
  add(hash: number, entry: number): void {
    if (this.used >= this.slots.length * FULL) this.widen();
    this.place(hash, entry);
    this.used += 1;
  }

  private place(hash: number, entry: number): void {
    const mask = this.slots.length - 1;
    let i = spread(hash) & mask;
    while (this.slots[i] !== 0) i = (i + 1) & mask;
    this.slots[i] = entry + 1;
    this.hashes[i] = hash;
  }

  private widen(): void {
    const { slots, hashes } = this;
    this.slots = new Int32Array(slots.length * 2);
    this.hashes = new Int32Array(slots.length * 2);
    for (let i = 0; i < slots.length; i++) {
      const entry = slots[i] ?? 0;
      if (entry !== 0) this.place(hashes[i] ?? 0, entry - 1);
    }
  }
}

function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Tokens and their beginnings by 64 bits of hash, so that no text of them is kept. */
export class LeafTable {
  private high = new Int32Array(1024);
  private low = new Int32Array(1024);
  private leaves = new Int32Array(1024);
  private used = 0;
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed | 0;
  }

  /** The leaf of a token, or of a beginning; -1 when there is none. */
  find(text: string, prefix: boolean): number {
    const [high, low] = this.hash(text);
    return this.look(high, prefix ? ~low : low);
  }

  add(text: string, prefix: boolean, leaf: number): void {
    if (this.used >= this.leaves.length * FULL) this.widen();
    const [high, low] = this.hash(text);
    this.place(high, prefix ? ~low : low, leaf);
    this.used += 1;
  }

  /** The table of the leaves that have a new number; those with a negative one are left out. */
  renumbered(newNumber: (leaf: number) => number): LeafTable {
    const table = new LeafTable(this.seed);
    for (let i = 0; i < this.leaves.length; i++) {
      const leaf = (this.leaves[i] ?? 0) - 1;
      const renamed = leaf < 0 ? -1 : newNumber(leaf);
      if (renamed < 0) continue;
      if (table.used >= table.leaves.length * FULL) table.widen();
      table.place(this.high[i] ?? 0, this.low[i] ?? 0, renamed);
      table.used += 1;
    }
    return table;
  }

  /** Calls back with every leaf that a token of a document makes true: itself, and each of its beginnings. */
  matching(token: string, found: (leaf: number) => void): void {
    let high = this.seed;
    let low = ~this.seed;
    for (let i = 0; i < token.length; i++) {
      const unit = token.charCodeAt(i);
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ (unit + (low >>> 13)), 0x5bd1e995);
      const begun = this.look(high, ~low);
      if (begun >= 0) found(begun);
    }
    const whole = this.look(high, low);
    if (whole >= 0) found(whole);
  }

  private hash(text: string): [high: number, low: number] {
    let high = this.seed;
    let low = ~this.seed;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ (unit + (low >>> 13)), 0x5bd1e995);
    }
    return [high, low];
  }

  private look(high: number, low: number): number {
    const { high: highs, low: lows, leaves } = this;
    const mask = leaves.length - 1;
    for (let i = spread(high ^ low) & mask; ; i = (i + 1) & mask) {
      const leaf = (leaves[i] ?? 0) - 1;
      if (leaf < 0) return -1;
      if (highs[i] === high && lows[i] === low) return leaf;
    }
  }

  private place(high: number, low: number, leaf: number): void {
    const mask = this.leaves.length - 1;
    let i = spread(high ^ low) & mask;
    while (this.leaves[i] !== 0) i = (i + 1) & mask;
    this.leaves[i] = leaf + 1;
    this.high[i] = high;
    this.low[i] = low;
  }

  private widen(): void {
    const { high, low, leaves } = this;
    this.high = new Int32Array(leaves.length * 2);
    this.low = new Int32Array(leaves.length * 2);
    this.leaves = new Int32Array(leaves.length * 2);
    for (let i = 0; i < leaves.length; i++) {
      const leaf = leaves[i] ?? 0;
      if (leaf !== 0) this.place(high[i] ?? 0, low[i] ?? 0, leaf - 1);
    }
  }
}
