/** A place in a segment with its score. */
export interface Place {
  units: number;
  id: string;
  segment: number;
  at: number;
}

/** Is `a` before `b`? More points first, then the smaller id: the order never depends on chance. */
export function before(a: { units: number; id: string }, b: { units: number; id: string }): boolean {
  return a.units !== b.units ? a.units > b.units : a.id < b.id;
}

/** The best `k` of what is offered, exactly. A heap whose root is the last one still in. */
export class Top {
  private readonly heap: Place[] = [];
  private readonly k: number;

  constructor(k: number) {
    this.k = k;
  }

  /** Fewer points than this cannot get in; with as many the id decides. */
  threshold(): number {
    return this.heap.length < this.k ? -1 : (this.heap[0]?.units ?? -1);
  }

  offer(units: number, id: string, segment: number, at: number): void {
    const { heap } = this;
    if (this.k <= 0) return;
    const place = { units, id, segment, at };
    if (heap.length < this.k) {
      heap.push(place);
      this.up(heap.length - 1);
      return;
    }
    const [last] = heap;
    if (last !== undefined && before(place, last)) {
      heap[0] = place;
      this.down();
    }
  }

  /** Best first. */
  sorted(): Place[] {
    return [...this.heap].sort((a, b) => (before(a, b) ? -1 : 1));
  }

  private up(start: number): void {
    let child = start;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfBefore(parent, child)) return;
      child = parent;
    }
  }

  private down(): void {
    let parent = 0;
    for (;;) {
      const left = parent * 2 + 1;
      const right = left + 1;
      const { heap } = this;
      const a = heap[left];
      if (a === undefined) return;
      const b = heap[right];
      const child = b !== undefined && before(a, b) ? right : left;
      if (!this.swapIfBefore(parent, child)) return;
      parent = child;
    }
  }

  /** Keeps the worse one nearer the root. */
  private swapIfBefore(parent: number, child: number): boolean {
    const { heap } = this;
    const a = heap[parent];
    const b = heap[child];
    if (a === undefined || b === undefined || !before(a, b)) return false;
    heap[parent] = b;
    heap[child] = a;
    return true;
  }
}
