import { EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import { leafDegree, unitFactor } from '#lib/domain/match/facts.ts';
import type { CapabilitySlot, Need } from '#lib/domain/match/need.ts';
import { ageWorth, capacityWorth, rowUnits, type RowShares } from '#lib/domain/match/value.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { LeafBlocks } from '#lib/server/match/leaf-blocks.ts';
import { MineralPlan } from '#lib/server/match/mineral-plan.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { NO_YEAR, NOTHING } from '#lib/server/match/segment-values.ts';

const UNKNOWN = -1;
const INCOMPARABLE = -2;

/** A capability line over the columns of a segment: the same reckoning as the domain's, row by row. */
export class CapabilityPlan {
  readonly max: number;
  readonly relevant = true;
  readonly slot: CapabilitySlot;
  /** leaf → worth of holding it, 0–1 */
  readonly degree: Float64Array;
  private readonly need: Need;
  private readonly words: Dictionaries;
  private readonly mineral: MineralPlan;
  private readonly unit: Float64Array;
  private readonly evidence: Float64Array;
  private readonly age: Float64Array;
  /** Of each component the larger share, whether quantities compare or not. */
  private readonly ceiling: RowShares;
  private readonly kept: number;
  private readonly byMineral: boolean;

  constructor(need: Need, slot: CapabilitySlot, words: Dictionaries) {
    const { model } = need.basis;
    this.need = need;
    this.slot = slot;
    this.max = slot.max;
    this.words = words;
    this.degree = words.table(need.basis.relations, `degree ${slot.leaf ?? ''}`, words.leaves.words, (leaf) =>
      leafDegree(need, slot, leaf),
    );
    this.mineral = new MineralPlan(need, slot, words);
    this.unit = new Float64Array(words.units.words.length).fill(UNKNOWN);
    this.evidence = Float64Array.from(EVIDENCE_LEVELS, (level) => model.evidence[level]);
    this.age = ageTable(need);
    this.ceiling = ceilingOf(slot.shares, slot.withoutCapacity);
    this.kept = model.mineral.kept;
    this.byMineral = slot.leaf === null;
  }

  /** Units of a company: its best row. With `least`, any number below it may stand for what is below it. */
  units(segment: Segment, at: number, least = 1): number {
    const { degree, max } = this;
    const end = segment.rowStart[at + 1] ?? 0;
    let best = 0;
    for (let row = segment.rowStart[at] ?? 0; row < end; row += 1) {
      const held = degree[segment.rowLeaf[row] ?? 0] ?? 0;
      // a row cannot give more than its degree of the slot
      if (held === 0 || held * max < best || held * max + 1 < least) continue;
      const mineral = this.mineral.worth(segment.mineralStart, segment.mineral, row);
      const units = this.row(
        held,
        mineral,
        segment.rowUnit[row] ?? NOTHING,
        segment.rowAmount[row] ?? 0,
        segment.rowEvidence[row] ?? 0,
        segment.rowYear[row] ?? NO_YEAR,
        Math.max(best, least),
      );
      if (units > best) best = units;
    }
    return best;
  }

  /** Units of one row in a block; 0 may stand for anything below `least`. */
  blockUnits(segment: Segment, blocks: LeafBlocks, place: number, held: number, least: number): number {
    const mineral = blocks.masked
      ? this.mineral.worthOfMask(blocks.mineralsLow[place] ?? 0, blocks.mineralsHigh[place] ?? 0)
      : this.mineral.worth(segment.mineralStart, segment.mineral, blocks.row[place] ?? 0);
    return this.row(
      held,
      mineral,
      blocks.unit[place] ?? NOTHING,
      blocks.amount[place] ?? 0,
      blocks.evidence[place] ?? 0,
      blocks.year[place] ?? NO_YEAR,
      least,
    );
  }

  /** The most a row of this degree can give. */
  most(degree: number): number {
    return Math.min(this.max, rowUnits(this.ceiling, this.kept, degree, 1, 1, 1, 1) + 1);
  }

  private row(
    held: number,
    worth: number,
    unit: number,
    amount: number,
    level: number,
    year: number,
    least: number,
  ): number {
    const { slot, kept } = this;
    const degree = this.byMineral ? worth : held;
    const mineral = this.byMineral ? 1 : worth;
    const evidence = this.evidence[level] ?? 0;
    if (rowUnits(this.ceiling, kept, degree, mineral, 1, evidence, 1) + 1 < least) return 0;
    let shares = slot.shares;
    let capacity = 0;
    if (slot.unit !== null && unit !== NOTHING) {
      const factor = this.factorOf(unit);
      if (factor === INCOMPARABLE) shares = slot.withoutCapacity;
      else capacity = capacityWorth(this.need.basis.model, (amount * factor) / slot.amount);
    }
    return rowUnits(shares, kept, degree, mineral, capacity, evidence, this.age[year - FIRST_YEAR] ?? 0);
  }

  private factorOf(unit: number): number {
    const known = this.unit[unit] ?? 0;
    if (known !== UNKNOWN) return known;
    const to = this.slot.unit;
    const factor = (to === null ? null : unitFactor(this.words.units.word(unit), to)) ?? INCOMPARABLE;
    this.unit[unit] = factor;
    return factor;
  }
}

/** Of each component the larger share. */
function ceilingOf(a: RowShares, b: RowShares): RowShares {
  return {
    capability: Math.max(a.capability, b.capability),
    mineral: Math.max(a.mineral, b.mineral),
    capacity: Math.max(a.capacity, b.capacity),
    evidence: Math.max(a.evidence, b.evidence),
    recency: Math.max(a.recency, b.recency),
  };
}

export const FIRST_YEAR = 1900;
const LAST_YEAR = 2110;
const AGES = new Map<string, Float64Array>();

/** Worth of each year for a need, from `FIRST_YEAR` on. */
export function ageTable({ basis: { model }, year }: Need): Float64Array {
  const key = `${model.age.fresh} ${model.age.stale} ${year}`;
  let table = AGES.get(key);
  if (table === undefined) {
    table = Float64Array.from({ length: LAST_YEAR - FIRST_YEAR }, (_, i) =>
      ageWorth(model, FIRST_YEAR + i, year),
    );
    if (AGES.size > 500) AGES.clear();
    AGES.set(key, table);
  }
  return table;
}
