import { conversion, parseUnit, type Unit } from '#lib/domain/capability/quantity.ts';
import type { CapabilitySlot, CountrySlot, Need } from '#lib/domain/match/need.ts';
import type {
  MatchCapability,
  MatchCertification,
  MatchCompany,
  MatchReferenceRow,
} from '#lib/domain/match/types.ts';
import { ageWorth, capacityWorth, softened, type RowFacts, type RowShares } from '#lib/domain/match/value.ts';
import type { MatchModel } from '#lib/domain/match/model.ts';

/** What one row of a company says to one slot of a need. */

/** How the quantity of a row stands to the one asked. */
export type Comparison = 'not-asked' | 'not-stated' | 'incomparable' | 'compared';

export interface RowReading {
  facts: RowFacts;
  shares: RowShares;
  comparison: Comparison;
  /** Capacity over need; 0 unless compared. */
  ratio: number;
}

/** Worth of a held capability for the one asked, 0–1; `stage` when only the stage is the same. */
export function leafDegree(need: Need, slot: CapabilitySlot, held: string): number {
  if (slot.leaf === null) return 1;
  const kinship = need.basis.relations.capability(slot.leaf, held);
  return kinship.kind === 'stage' ? need.basis.model.stageDegree : kinship.degree;
}

/** Does a held capability meet the one asked, by itself or as a related one? The stage alone does not. */
export function meetsLeaf(need: Need, leaf: string, held: string): boolean {
  return need.basis.relations.capability(leaf, held).degree > 0;
}

/** Worth of the minerals a row names for those asked: mean of the best and of all, 0–1. */
export function mineralWorth(need: Need, asked: readonly string[], held: readonly string[]): number {
  const { mineral } = need.basis.model;
  if (held.length === 0) return mineral.unstated;
  let best = 0;
  let sum = 0;
  for (const one of asked) {
    const nearest = nearestMineral(need, one, held).degree;
    best = Math.max(best, nearest);
    sum += nearest;
  }
  return mineral.best * best + ((1 - mineral.best) * sum) / asked.length;
}

/** Which of the minerals held is nearest to one asked; the first among equals in id order. */
export function nearestMineral(
  need: Need,
  asked: string,
  held: readonly string[],
): { mineral: string | null; degree: number } {
  let mineral: string | null = null;
  let degree = 0;
  for (const one of held) {
    const found = need.basis.relations.mineral(asked, one).degree;
    if (found > degree || (found === degree && found > 0 && mineral !== null && one < mineral)) {
      mineral = one;
      degree = found;
    }
  }
  return { mineral, degree };
}

/** The mineral fact of a row on a slot, softened where only the opportunity names minerals, or the work is a service. */
export function slotMineral(need: Need, slot: CapabilitySlot, held: readonly string[]): number {
  if (slot.mineralsFrom === 'none') return 1;
  return softened(mineralWorth(need, slot.minerals, held), slot.mineralKeen);
}

/** Reads a capability row for a slot. */
export function readRow(need: Need, slot: CapabilitySlot, row: MatchCapability): RowReading {
  const { model } = need.basis;
  const mineral = slotMineral(need, slot, row.minerals);
  const { comparison, ratio } = compareQuantity(slot, row);
  return {
    facts: {
      // without a capability asked, the mineral alone says whether the row counts
      degree: slot.leaf === null ? mineral : leafDegree(need, slot, row.capability),
      mineral: slot.leaf === null ? 1 : mineral,
      capacity: comparison === 'compared' ? capacityWorth(model, ratio) : 0,
      evidence: model.evidence[row.evidence],
      recency: ageWorth(model, row.year, need.year),
    },
    shares: comparison === 'incomparable' ? slot.withoutCapacity : slot.shares,
    comparison,
    ratio,
  };
}

function compareQuantity(
  slot: CapabilitySlot,
  row: MatchCapability,
): { comparison: Comparison; ratio: number } {
  if (slot.unit === null) return { comparison: 'not-asked', ratio: 0 };
  if (row.amount === null || row.unit === null) return { comparison: 'not-stated', ratio: 0 };
  const factor = unitFactor(row.unit, slot.unit);
  if (factor === null) return { comparison: 'incomparable', ratio: 0 };
  return { comparison: 'compared', ratio: (row.amount * factor) / slot.amount };
}

/** What an amount in the unit written is multiplied by to be in `to`; null when it cannot be. */
export function unitFactor(written: string, to: Unit): number | null {
  const unit = readUnit(written);
  if (unit === null) return null;
  const found = conversion(unit, to);
  return found.ok ? found.factor : null;
}

const UNITS_READ = new Map<string, Unit | null>();
const MOST_UNITS_READ = 4096;

function readUnit(written: string): Unit | null {
  const known = UNITS_READ.get(written);
  if (known !== undefined) return known;
  const reading = parseUnit(written);
  const unit = reading.ok ? reading.unit : null;
  if (UNITS_READ.size < MOST_UNITS_READ) UNITS_READ.set(written, unit);
  return unit;
}

/** Is the certificate good for the slot on the day? A certificate without an end is. */
export function certificateHolds(row: MatchCertification, dueDay: string, verifiedOnly: boolean): boolean {
  return (row.validTo === null || row.validTo >= dueDay) && (row.verified || !verifiedOnly);
}

export function certificateWorth(model: MatchModel, row: MatchCertification, dueDay: string): number {
  if (!certificateHolds(row, dueDay, false)) return 0;
  return row.verified ? model.certificate.verified : model.certificate.unverified;
}

/**
 * Worth of experience in one country for the countries asked, before the kind of experience. A framework in common is
 * one on the day of the deadline, as for `eligible-country`.
 */
export function countryWorth(need: Need, countries: readonly string[], held: string): number {
  let best = 0;
  for (const asked of countries) {
    const { kind } = need.basis.geography.between(asked, held, need.dueDay);
    if (kind !== 'none') best = Math.max(best, need.basis.model.country[kind]);
  }
  return best;
}

/** Worth of a reference project as experience of the country it stood in. */
export function referenceAsExperience(need: Need, slot: CountrySlot, row: MatchReferenceRow): number {
  if (row.country === null) return 0;
  const { country } = need.basis.model;
  const certainty = row.confirmed ? country.confirmedReference : country.statedReference;
  return countryWorth(need, slot.countries, row.country) * certainty;
}

/** Worth of a reference project as one of the same kind: capability, mineral, confirmation, age, country. */
export function referenceWorth(need: Need, row: MatchReferenceRow): number {
  const { model, relations } = need.basis;
  const asked = need.slots.filter((slot) => slot.kind === 'capability');
  let kind = 0;
  for (const slot of asked) {
    const degree =
      row.capability === null || slot.leaf === null
        ? model.reference.unnamed
        : relations.capability(slot.leaf, row.capability).degree;
    const mineral = slotMineral(need, slot, row.minerals);
    kind = Math.max(kind, slot.leaf === null ? degree * mineral : degree * (0.4 + 0.6 * mineral));
  }
  const certainty = row.confirmed ? model.reference.confirmed : model.reference.stated;
  const place =
    row.country !== null && row.country === need.opportunity.country ? 1 : model.reference.elsewhere;
  const age = 0.6 + 0.4 * ageWorth(model, row.year, need.year);
  return kind * certainty * place * age;
}

const SIZE_RANK: Record<MatchCompany['size'], number> = {
  sme: 1,
  research: 1,
  midsize: 2,
  large: 3,
  public: 3,
};

/** Is the company at least this size? Public bodies rank with large companies, research institutes with small. */
export function isAtLeast(size: MatchCompany['size'], least: 'sme' | 'midsize' | 'large'): boolean {
  return SIZE_RANK[size] >= SIZE_RANK[least];
}
