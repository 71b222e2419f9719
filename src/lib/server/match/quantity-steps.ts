import { unitFactor } from '#lib/domain/match/facts.ts';
import type { CapabilitySlot, Need } from '#lib/domain/match/need.ts';
import { intersect, noBits, setBit, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { leafOf, NOTHING } from '#lib/server/match/segment-values.ts';

/** A capability line that asks for a quantity: the companies of a segment whose stated capacity reaches it. */
export interface QuantityStep {
  rule: 'quantity';
  requirement: string;
  narrow(segment: Segment, companies: Bits): void;
}

/**
 * How many could deliver the quantity. No gate: a company with less is listed with fewer points, and one whose
 * capacity is not stated, or cannot be compared, is not shut out either.
 */
export function quantitySteps(need: Need, words: Dictionaries): QuantityStep[] {
  return need.slots.flatMap((slot) =>
    slot.kind === 'capability' && slot.requirement !== null && slot.leaf !== null && slot.unit !== null
      ? [
          {
            rule: 'quantity' as const,
            requirement: slot.requirement,
            narrow: (segment: Segment, companies: Bits) =>
              intersect(companies, reaching(segment, need, slot, words)),
          },
        ]
      : [],
  );
}

function reaching(segment: Segment, need: Need, slot: CapabilitySlot, words: Dictionaries): Bits {
  const bits = noBits(segment.size);
  const { leaf, unit: to } = slot;
  if (leaf === null || to === null) return bits;
  const factors = words.units.words.map((unit) => unitFactor(unit, to));
  const meets = words.leaves.words.map((held) => need.basis.relations.capability(leaf, held).degree > 0);
  const { rowStart, rowHead, rowUnit, rowAmount } = segment.columns;
  for (let at = 0; at < segment.size; at += 1)
    for (let row = rowStart[at] ?? 0; row < (rowStart[at + 1] ?? 0); row += 1) {
      if (meets[leafOf(rowHead[row] ?? 0)] !== true) continue;
      const unit = rowUnit[row] ?? NOTHING;
      const factor = unit === NOTHING ? null : (factors[unit] ?? null);
      if (factor !== null && (rowAmount[row] ?? 0) * factor >= slot.amount) setBit(bits, at);
    }
  return bits;
}
