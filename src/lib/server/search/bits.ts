/** Sets of small numbers as bits of a Uint32Array. */

export type Bits = Uint32Array;

export const noBits = (size: number): Bits => new Uint32Array((size + 31) >>> 5);

export function setBit(bits: Bits, at: number): void {
  const word = at >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (at & 31));
}

export const hasBit = (bits: Bits, at: number): boolean => ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;

/** Keeps in `into` what both have. */
export function intersect(into: Bits, other: Bits): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) & (other[i] ?? 0);
}

/** Adds what the other has. */
export function unite(into: Bits, other: Bits): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) | (other[i] ?? 0);
}

/** Takes out what the other has. */
export function subtract(into: Bits, other: Bits): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) & ~(other[i] ?? 0);
}

/** How many there are. */
export function countBits(bits: Bits): number {
  let sum = 0;
  for (const word of bits) {
    let n = word - ((word >>> 1) & 0x55555555);
    n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
    sum += Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}

/** Calls back with the numbers in rising order, until it says that it has enough. */
export function eachNumber(bits: Bits, found: (number: number) => boolean | undefined): void {
  for (let i = 0; i < bits.length; i++) {
    let word = bits[i] ?? 0;
    while (word !== 0) {
      const low = word & -word;
      if (found((i << 5) + (31 - Math.clz32(low))) === false) return;
      word ^= low;
    }
  }
}
