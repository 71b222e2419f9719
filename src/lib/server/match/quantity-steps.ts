import { unitFactor } from '#lib/domain/match/facts.ts';
import type { CapabilitySlot, Need } from '#lib/domain/match/need.ts';
import { noBits, setBit, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { NOTHING } from '#lib/server/match/segment-values.ts';

/** A capability line that asks for a quantity: the companies of a segment whose stated capacity reaches it. */
export interface QuantityStep {
  rule: 'quantity';
  requirement: string;
  passing(segment: Segment): Bits;
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
            passing: (segment: Segment) => reaching(segment, need, slot, words),
          },
        ]
      : [],
  );
}

function reaching(segment: Segment, need: Need, slot: CapabilitySlot, words: Dictionaries): Bits {
  const bits = noBits(segment.size);
  const { blocks } = segment;
  const { leaf, unit: to } = slot;
  if (leaf === null || to === null) return bits;
  const factors = words.units.words.map((unit) => unitFactor(unit, to));
  words.leaves.words.forEach((held, number) => {
    if (need.basis.relations.capability(leaf, held).degree === 0) return;
    for (let place = blocks.start[number] ?? 0; place < (blocks.start[number + 1] ?? 0); place += 1) {
      const unit = blocks.unit[place] ?? NOTHING;
      const factor = unit === NOTHING ? null : (factors[unit] ?? null);
      if (factor !== null && (blocks.amount[place] ?? 0) * factor >= slot.amount)
        setBit(bits, blocks.owner[place] ?? 0);
    }
  });
  return bits;
}
