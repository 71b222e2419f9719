import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import {
  countryWorth,
  isAtLeast,
  leafDegree,
  meetsLeaf,
  slotMineral,
  unitFactor,
} from '#lib/domain/match/facts.ts';
import type {
  CapabilitySlot,
  CertificateSlot,
  CountrySlot,
  Need,
  Slot,
  TextSlot,
} from '#lib/domain/match/need.ts';
import { ageWorth, capacityWorth, freshnessWorth, rowUnits, textWorth } from '#lib/domain/match/value.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { dayNumber, FLAG, NOTHING, NO_YEAR, type Segment } from '#lib/server/match/segment.ts';

/** One slot of a need over the columns of a segment: the units a company gets there. */
export interface SlotPlan {
  max: number;
  /** Capability and mineral slots: without points here a company is of no interest. */
  relevant: boolean;
  units(segment: Segment, at: number): number;
}

const UNKNOWN = -1;
const INCOMPARABLE = -2;

/** `Math.floor(max × worth)` as the domain rounds it. */
function whole(max: number, worth: number): number {
  return Math.floor(max * worth + 1e-6);
}

/** The slots of a need as plans, those with most points first, so that a bound is tight early. */
export function planSlots(need: Need, words: Dictionaries): SlotPlan[] {
  return need.slots
    .filter(({ max }) => max > 0)
    .map((slot) => planSlot(need, slot, words))
    .sort((a, b) => b.max - a.max);
}

function planSlot(need: Need, slot: Slot, words: Dictionaries): SlotPlan {
  switch (slot.kind) {
    case 'capability':
      return new CapabilityPlan(need, slot, words);
    case 'certificate':
      return new CertificatePlan(need, slot, words);
    case 'country':
      return new CountryPlan(need, slot, words);
    case 'reference':
      return new ReferencePlan(need, slot.max, words);
    case 'text':
      return new TextPlan(need, slot, words);
    case 'language':
      return new LanguagePlan(slot.max, slot.language, words);
    case 'size': {
      const units = Uint16Array.from(COMPANY_SIZES, (size) => (isAtLeast(size, slot.minSize) ? slot.max : 0));
      return { max: slot.max, relevant: false, units: (segment, at) => units[segment.sizes[at] ?? 0] ?? 0 };
    }
    case 'investment':
      return {
        max: slot.max,
        relevant: false,
        units: (segment, at) => (((segment.flags[at] ?? 0) & FLAG.canInvest) === 0 ? 0 : slot.max),
      };
    case 'freshness':
      return new FreshnessPlan(need, slot.max);
  }
}

class CapabilityPlan implements SlotPlan {
  readonly max: number;
  readonly relevant = true;
  private readonly need: Need;
  private readonly slot: CapabilitySlot;
  private readonly words: Dictionaries;
  private readonly degree: Float64Array;
  private readonly mineral: Float64Array;
  private readonly unit: Float64Array;
  private readonly evidence: Float64Array;

  constructor(need: Need, slot: CapabilitySlot, words: Dictionaries) {
    this.need = need;
    this.slot = slot;
    this.max = slot.max;
    this.words = words;
    this.degree = Float64Array.from(words.leaves.words, (leaf) => leafDegree(need, slot, leaf));
    this.mineral = new Float64Array(words.minerals.sets.length).fill(UNKNOWN);
    this.unit = new Float64Array(words.units.words.length).fill(UNKNOWN);
    this.evidence = Float64Array.from(EVIDENCE_LEVELS, (level) => need.basis.model.evidence[level]);
  }

  units(segment: Segment, at: number): number {
    const { degree } = this;
    const end = segment.rowStart[at + 1] ?? 0;
    let best = 0;
    for (let row = segment.rowStart[at] ?? 0; row < end; row += 1) {
      const held = degree[segment.rowLeaf[row] ?? 0] ?? 0;
      if (held > 0) best = Math.max(best, this.row(segment, row, held));
    }
    return best;
  }

  private row(segment: Segment, row: number, held: number): number {
    const { slot, need } = this;
    const { model } = need.basis;
    const mineral = this.mineralOf(segment.rowMinerals[row] ?? 0);
    let shares = slot.shares;
    let capacity = 0;
    const unit = segment.rowUnit[row] ?? NOTHING;
    if (slot.unit !== null && unit !== NOTHING) {
      const factor = this.factorOf(unit);
      if (factor === INCOMPARABLE) shares = slot.withoutCapacity;
      else capacity = capacityWorth(model, ((segment.rowAmount[row] ?? 0) * factor) / slot.amount);
    }
    const year = segment.rowYear[row] ?? NO_YEAR;
    return rowUnits(
      shares,
      model.mineral.kept,
      slot.leaf === null ? mineral : held,
      slot.leaf === null ? 1 : mineral,
      capacity,
      this.evidence[segment.rowEvidence[row] ?? 0] ?? 0,
      ageWorth(model, year === NO_YEAR ? null : year, need.year),
    );
  }

  private mineralOf(set: number): number {
    const known = this.mineral[set] ?? 0;
    if (known !== UNKNOWN) return known;
    const worth = slotMineral(this.need, this.slot, this.words.minerals.set(set));
    this.mineral[set] = worth;
    return worth;
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

class CertificatePlan implements SlotPlan {
  readonly max: number;
  readonly relevant = false;
  private readonly wanted: Uint8Array;
  private readonly due: number;
  private readonly verified: number;
  private readonly unverified: number;

  constructor(need: Need, slot: CertificateSlot, words: Dictionaries) {
    const { model } = need.basis;
    this.max = slot.max;
    this.wanted = wantedOf(words.certificates.words, slot.certifications);
    this.due = dayNumber(need.dueDay);
    this.verified = whole(slot.max, model.certificate.verified);
    this.unverified = slot.verifiedOnly ? 0 : whole(slot.max, model.certificate.unverified);
  }

  units(segment: Segment, at: number): number {
    let best = 0;
    for (let row = segment.certificateStart[at] ?? 0; row < (segment.certificateStart[at + 1] ?? 0); row += 1)
      if (
        this.wanted[segment.certificate[row] ?? 0] === 1 &&
        (segment.certificateUntil[row] ?? 0) >= this.due
      )
        best = Math.max(best, segment.certificateVerified[row] === 1 ? this.verified : this.unverified);
    return best;
  }
}

class CountryPlan implements SlotPlan {
  readonly max: number;
  readonly relevant = false;
  private readonly worth: Float64Array;
  private readonly kinds: Float64Array;
  private readonly confirmed: number;
  private readonly stated: number;

  constructor(need: Need, slot: CountrySlot, words: Dictionaries) {
    const { country } = need.basis.model;
    this.max = slot.max;
    this.worth = Float64Array.from(words.countries.words, (held) => countryWorth(need, slot.countries, held));
    this.kinds = Float64Array.from(COUNTRY_EXPERIENCE_KINDS, (kind) => country.kinds[kind]);
    this.confirmed = country.confirmedReference;
    this.stated = country.statedReference;
  }

  units(segment: Segment, at: number): number {
    let best = 0;
    for (let row = segment.countryStart[at] ?? 0; row < (segment.countryStart[at + 1] ?? 0); row += 1) {
      const worth =
        (this.worth[segment.country[row] ?? 0] ?? 0) * (this.kinds[segment.countryKind[row] ?? 0] ?? 0);
      best = Math.max(best, worth);
    }
    for (let row = segment.referenceStart[at] ?? 0; row < (segment.referenceStart[at + 1] ?? 0); row += 1) {
      const country = segment.referenceCountry[row] ?? NOTHING;
      if (country === NOTHING) continue;
      const certainty = segment.referenceConfirmed[row] === 1 ? this.confirmed : this.stated;
      best = Math.max(best, (this.worth[country] ?? 0) * certainty);
    }
    return whole(this.max, best);
  }
}

/** References of the same kind; the same reckoning as `referenceWorth`, over numbers. */
class ReferencePlan implements SlotPlan {
  readonly max: number;
  readonly relevant = false;
  private readonly need: Need;
  private readonly words: Dictionaries;
  private readonly slots: { slot: CapabilitySlot; degree: Float64Array; mineral: Float64Array }[];
  private readonly here: number;

  constructor(need: Need, max: number, words: Dictionaries) {
    this.need = need;
    this.max = max;
    this.words = words;
    this.here = need.opportunity.country === null ? UNKNOWN : words.countries.find(need.opportunity.country);
    this.slots = need.slots
      .filter((slot) => slot.kind === 'capability')
      .map((slot) => ({
        slot,
        degree: Float64Array.from(words.leaves.words, (leaf) =>
          slot.leaf === null ? 0 : need.basis.relations.capability(slot.leaf, leaf).degree,
        ),
        mineral: new Float64Array(words.minerals.sets.length).fill(UNKNOWN),
      }));
  }

  units(segment: Segment, at: number): number {
    let best = 0;
    for (let row = segment.referenceStart[at] ?? 0; row < (segment.referenceStart[at + 1] ?? 0); row += 1)
      best = Math.max(best, this.row(segment, row));
    return whole(this.max, best);
  }

  private row(segment: Segment, row: number): number {
    const { model } = this.need.basis;
    const leaf = segment.referenceLeaf[row] ?? NOTHING;
    const set = segment.referenceMinerals[row] ?? 0;
    let kind = 0;
    for (const { slot, degree, mineral } of this.slots) {
      const held = leaf === NOTHING || slot.leaf === null ? model.reference.unnamed : (degree[leaf] ?? 0);
      if (held === 0) continue;
      let worth = mineral[set] ?? 0;
      if (worth === UNKNOWN) {
        worth = slotMineral(this.need, slot, this.words.minerals.set(set));
        mineral[set] = worth;
      }
      kind = Math.max(kind, slot.leaf === null ? held * worth : held * (0.4 + 0.6 * worth));
    }
    if (kind === 0) return 0;
    const certainty =
      segment.referenceConfirmed[row] === 1 ? model.reference.confirmed : model.reference.stated;
    const country = segment.referenceCountry[row] ?? NOTHING;
    const place = country !== NOTHING && country === this.here ? 1 : model.reference.elsewhere;
    const year = segment.referenceYear[row] ?? NO_YEAR;
    const age = 0.6 + 0.4 * ageWorth(model, year === NO_YEAR ? null : year, this.need.year);
    return kind * certainty * place * age;
  }
}

class TextPlan implements SlotPlan {
  readonly max: number;
  readonly relevant = false;
  private readonly worth: number[];
  private readonly concepts: readonly string[];
  private readonly words: Dictionaries;

  constructor(need: Need, slot: TextSlot, words: Dictionaries) {
    const { model } = need.basis;
    const asked = slot.concepts.length;
    this.max = slot.max;
    this.words = words;
    this.concepts = slot.concepts;
    this.worth = Array.from({ length: asked + 1 }, (_, common) =>
      whole(slot.max, textWorth(model, common, asked)),
    );
  }

  units(segment: Segment, at: number): number {
    const held = this.words.concepts.set(segment.concepts[at] ?? 0);
    if (held.length === 0) return 0;
    let common = 0;
    for (const concept of this.concepts) if (held.includes(concept)) common += 1;
    return this.worth[common] ?? 0;
  }
}

class LanguagePlan implements SlotPlan {
  readonly max: number;
  readonly relevant = false;
  private readonly sets: Uint8Array;

  constructor(max: number, language: string, words: Dictionaries) {
    this.max = max;
    this.sets = Uint8Array.from(words.languages.sets, (set) => (set.includes(language) ? 1 : 0));
  }

  units(segment: Segment, at: number): number {
    return this.sets[segment.languages[at] ?? 0] === 1 ? this.max : 0;
  }
}

class FreshnessPlan implements SlotPlan {
  readonly max: number;
  readonly relevant = false;
  private readonly today: string;
  private readonly known = new Map<number, number>();

  constructor(need: Need, max: number) {
    this.max = max;
    this.today = need.today;
  }

  units(segment: Segment, at: number): number {
    const day = segment.updatedOn[at] ?? 0;
    const known = this.known.get(day);
    if (known !== undefined) return known;
    const text = String(day);
    const worth =
      day > 99_990_000
        ? 1
        : freshnessWorth(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`, this.today);
    const units = whole(this.max, worth);
    this.known.set(day, units);
    return units;
  }
}

/** Leaves that meet a must line, by number. */
export function meetingLeaves(need: Need, leaf: string, words: Dictionaries): Uint8Array {
  return Uint8Array.from(words.leaves.words, (held) => (meetsLeaf(need, leaf, held) ? 1 : 0));
}

export function wantedOf(words: readonly string[], wanted: readonly string[]): Uint8Array {
  return Uint8Array.from(words, (word) => (wanted.includes(word) ? 1 : 0));
}
