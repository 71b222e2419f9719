import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS } from '#lib/domain/company/company.ts';
import { countryWorth, isAtLeast } from '#lib/domain/match/facts.ts';
import type {
  CapabilitySlot,
  CertificateSlot,
  CountrySlot,
  Need,
  Slot,
  TextSlot,
} from '#lib/domain/match/need.ts';
import { freshnessWorth, textWorth } from '#lib/domain/match/value.ts';
import { ageTable, CapabilityPlan, FIRST_YEAR } from '#lib/server/match/capability-plan.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { MineralPlan } from '#lib/server/match/mineral-plan.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { dayNumber, FLAG, NO_YEAR, NOTHING } from '#lib/server/match/segment-values.ts';

/** One slot of a need over the columns of a segment: the units a company gets there. */
export interface SlotPlan {
  max: number;
  /** Capability and mineral slots: without points here a company is of no interest. */
  relevant: boolean;
  /** With `least`: any number below it may be answered when the company cannot reach it here. */
  units(segment: Segment, at: number, least?: number): number;
}

const UNKNOWN = -1;

/** `Math.floor(max × worth)` as the domain rounds it. */
function whole(max: number, worth: number): number {
  return Math.floor(max * worth + 1e-6);
}

export interface SlotPlans {
  /** Those with most points first, so that a bound is tight early. */
  slots: readonly SlotPlan[];
  /** Some slot asks for a capability or a mineral. */
  asksSomething: boolean;
  /** The capability line with most points. */
  heaviest: CapabilityPlan | null;
}

/** The slots of a need as plans. */
export function planSlots(need: Need, words: Dictionaries): SlotPlans {
  const slots: SlotPlan[] = [];
  for (const slot of need.slots) {
    if (slot.max === 0) continue;
    slots.push(planSlot(need, slot, words));
  }
  slots.sort((a, b) => Number(b.relevant) - Number(a.relevant) || b.max - a.max);
  const capabilities = slots.filter((plan) => plan instanceof CapabilityPlan && plan.slot.leaf !== null);
  return {
    slots,
    asksSomething: slots.some(({ relevant }) => relevant),
    heaviest: (capabilities[0] as CapabilityPlan | undefined) ?? null,
  };
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
    this.worth = words.table(
      need.basis.geography,
      `country ${slot.countries.join('|')}`,
      words.countries.words,
      (held) => countryWorth(need, slot.countries, held),
    );
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
  private readonly slots: { slot: CapabilitySlot; degree: Float64Array; mineral: MineralPlan }[];
  private readonly here: number;
  private readonly age: Float64Array;

  constructor(need: Need, max: number, words: Dictionaries) {
    this.need = need;
    this.max = max;
    this.age = ageTable(need);
    this.here = need.opportunity.country === null ? UNKNOWN : words.countries.find(need.opportunity.country);
    this.slots = need.slots
      .filter((slot) => slot.kind === 'capability')
      .map((slot) => ({
        slot,
        degree: words.table(need.basis.relations, `meets ${slot.leaf ?? ''}`, words.leaves.words, (leaf) =>
          slot.leaf === null ? 0 : need.basis.relations.capability(slot.leaf, leaf).degree,
        ),
        mineral: new MineralPlan(need, slot, words),
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
    let kind = 0;
    for (const { slot, degree, mineral } of this.slots) {
      const held = leaf === NOTHING || slot.leaf === null ? model.reference.unnamed : (degree[leaf] ?? 0);
      if (held === 0) continue;
      const worth = mineral.worth(segment.referenceMineralStart, segment.referenceMineral, row);
      kind = Math.max(kind, slot.leaf === null ? held * worth : held * (0.4 + 0.6 * worth));
    }
    if (kind === 0) return 0;
    const certainty =
      segment.referenceConfirmed[row] === 1 ? model.reference.confirmed : model.reference.stated;
    const country = segment.referenceCountry[row] ?? NOTHING;
    const place = country !== NOTHING && country === this.here ? 1 : model.reference.elsewhere;
    const age = 0.6 + 0.4 * (this.age[(segment.referenceYear[row] ?? NO_YEAR) - FIRST_YEAR] ?? 0);
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

function wantedOf(words: readonly string[], wanted: readonly string[]): Uint8Array {
  return Uint8Array.from(words, (word) => (wanted.includes(word) ? 1 : 0));
}
