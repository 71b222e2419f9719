/** A place in a segment with its score. */
export interface Place {
  units: number;
  segment: number;
  at: number;
}

/** The best `k` of what is offered, exactly. A heap whose root is the last one still in. */
export class Top {
  /** Fewer points than this cannot get in; with as many the id decides. */
  threshold = -1;
  private readonly units: Int32Array;
  private readonly segment: Int32Array;
  private readonly at: Int32Array;
  private readonly k: number;
  private readonly idOf: (segment: number, at: number) => string;
  private count = 0;

  /** @param idOf by which equal ones are told apart when they are of different segments */
  constructor(k: number, idOf: (segment: number, at: number) => string) {
    this.k = Math.max(0, k);
    this.units = new Int32Array(this.k);
    this.segment = new Int32Array(this.k);
    this.at = new Int32Array(this.k);
    this.idOf = idOf;
    if (this.k === 0) this.threshold = Number.POSITIVE_INFINITY;
  }

  offer(units: number, segment: number, at: number): void {
    if (this.count < this.k) {
      this.put(this.count, units, segment, at);
      this.count += 1;
      this.up(this.count - 1);
    } else {
      if (this.k === 0 || !this.isBefore(units, segment, at, 0)) return;
      this.put(0, units, segment, at);
      this.down();
    }
    if (this.count === this.k) this.threshold = this.units[0] ?? -1;
  }

  /** Best first. */
  sorted(): Place[] {
    return Array.from({ length: this.count }, (_, i) => i)
      .sort((a, b) => (this.standsBefore(a, b) ? -1 : 1))
      .map((i) => ({ units: this.units[i] ?? 0, segment: this.segment[i] ?? 0, at: this.at[i] ?? 0 }));
  }

  private put(i: number, units: number, segment: number, at: number): void {
    this.units[i] = units;
    this.segment[i] = segment;
    this.at[i] = at;
  }

  /** More points first, then the smaller id: the order never depends on chance. */
  private isBefore(units: number, segment: number, at: number, i: number): boolean {
    const other = this.units[i] ?? 0;
    if (units !== other) return units > other;
    const otherSegment = this.segment[i] ?? 0;
    const otherAt = this.at[i] ?? 0;
    // places of one segment stand in the order of their ids
    return segment === otherSegment
      ? at < otherAt
      : this.idOf(segment, at) < this.idOf(otherSegment, otherAt);
  }

  private standsBefore(a: number, b: number): boolean {
    return this.isBefore(this.units[a] ?? 0, this.segment[a] ?? 0, this.at[a] ?? 0, b);
  }

  private up(start: number): void {
    let child = start;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.standsBefore(parent, child)) return;
      this.swap(parent, child);
      child = parent;
    }
  }

  private down(): void {
    let parent = 0;
    for (;;) {
      const left = parent * 2 + 1;
      const right = left + 1;
      if (left >= this.count) return;
      const child = right < this.count && this.standsBefore(left, right) ? right : left;
      if (!this.standsBefore(parent, child)) return;
      this.swap(parent, child);
      parent = child;
    }
  }

  /** Keeps the worse one nearer the root. */
  private swap(a: number, b: number): void {
    for (const column of [this.units, this.segment, this.at]) {
      const kept = column[a] ?? 0;
      column[a] = column[b] ?? 0;
      column[b] = kept;
    }
  }
}
