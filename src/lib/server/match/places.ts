import { noBits, setBit, type Bits } from '#lib/server/match/bits.ts';
import type { Segment } from '#lib/server/match/segment.ts';

const PLACES = new WeakMap<ReadonlySet<string>, Map<Segment, Bits>>();

/** Where the companies with some ids stand in a segment; worked out once for each set of ids. */
export function placesOf(segment: Segment, ids: ReadonlySet<string>): Bits {
  const known = PLACES.get(ids) ?? new Map<Segment, Bits>();
  PLACES.set(ids, known);
  let bits = known.get(segment);
  if (bits === undefined) {
    bits = noBits(segment.size);
    for (const id of ids) {
      const at = segment.find(id);
      if (at >= 0) setBit(bits, at);
    }
    known.set(segment, bits);
  }
  return bits;
}
