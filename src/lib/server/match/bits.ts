/** Sets of companies of a segment as bits: intersections of a hundred thousand take microseconds. */
export type Bits = Uint32Array;

export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** An empty set that threads see alike. */
export function sharedBits(size: number): Bits {
  return new Uint32Array(new SharedArrayBuffer(((size + 31) >>> 5) * 4));
}

/** Puts all places below `size` into a set. */
export function fillBits(bits: Bits, size: number): Bits {
  bits.fill(0xffffffff);
  const last = bits.length - 1;
  if ((size & 31) !== 0 && last >= 0) bits[last] = (1 << (size & 31)) - 1;
  return bits;
}

export function setBit(bits: Bits, at: number): void {
  const word = at >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (at & 31));
}

export function clearBit(bits: Bits, at: number): void {
  const word = at >>> 5;
  bits[word] = (bits[word] ?? 0) & ~(1 << (at & 31));
}

export function hasBit(bits: Bits, at: number): boolean {
  return (((bits[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;
}

/** `into` ∩= `other` */
export function intersect(into: Bits, other: Bits): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (into[word] ?? 0) & (other[word] ?? 0);
}

/** `into` = `a` ∩ `b` */
export function putBoth(into: Bits, a: Bits, b: Bits): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (a[word] ?? 0) & (b[word] ?? 0);
}

/** `into` = `a` ∪ `b` */
export function putEither(into: Bits, a: Bits, b: Bits): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (a[word] ?? 0) | (b[word] ?? 0);
}

/** `into` ∪= `other` */
export function unite(into: Bits, other: Bits): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (into[word] ?? 0) | (other[word] ?? 0);
}

/** `into` ∖= `other` */
export function takeAway(into: Bits, other: Bits): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (into[word] ?? 0) & ~(other[word] ?? 0);
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) {
    let x = bits[word] ?? 0;
    x -= (x >>> 1) & 0x55555555;
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
    count += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
