/** A small seeded generator (mulberry32): the same seed makes the same data on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 ≤ x < 1 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** The first items are picked most often: the n-th with weight 1/n (Zipf's law). */
  zipf<T>(items: readonly T[]): T {
    const total = harmonic(items.length);
    let left = this.next() * total;
    for (const [index, item] of items.entries()) {
      left -= 1 / (index + 1);
      if (left <= 0) return item;
    }
    return this.pick(items);
  }

  /** `count` different items, by Zipf's law. */
  several<T>(items: readonly T[], count: number): T[] {
    const chosen = new Set<T>();
    for (let tries = 0; chosen.size < Math.min(count, items.length) && tries < count * 20; tries += 1) {
      chosen.add(this.zipf(items));
    }
    return [...chosen];
  }

  /** About log-uniform between two amounts, rounded to two figures. */
  amount(least: number, most: number): number {
    const value = least * (most / least) ** this.next();
    const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
    return Math.round(value / step) * step;
  }
}

const harmonics = new Map<number, number>();
function harmonic(n: number): number {
  let sum = harmonics.get(n);
  if (sum === undefined) {
    sum = 0;
    for (let i = 1; i <= n; i += 1) sum += 1 / i;
    harmonics.set(n, sum);
  }
  return sum;
}
