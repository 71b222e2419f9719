import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS } from '#lib/domain/company/company.ts';
import { countryWorth, isAtLeast } from '#lib/domain/match/facts.ts';
import type { CertificateSlot, CountrySlot, Need, Slot, TextSlot } from '#lib/domain/match/need.ts';
import { freshnessWorth, textWorth } from '#lib/domain/match/value.ts';
import { ageTable, CapabilityPlan, MineralTable } from '#lib/server/match/capability-plan.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import type { SegmentColumns } from '#lib/server/match/segment-columns.ts';
import { CONFIRMED_REFERENCE, STATED_REFERENCE } from '#lib/server/match/segment-memo.ts';
import { dayNumber, FLAG, NO_YEAR, NOTHING } from '#lib/server/match/segment-values.ts';

/** The slots of a need over the columns of a segment, by kind, those with most points first. */
export interface NeedPlan {
  need: Need;
  lines: readonly CapabilityPlan[];
  certificates: readonly CertificatePlan[];
  /** Slots whose units stand in a table over one column. */
  tables: readonly TablePlan[];
  /** Of the tables, the country slot with most points. */
  country: CountryTable | null;
  reference: ReferencePlan | null;
  text: TextPlan | null;
}

/** `Math.floor(max × worth)` as the domain rounds it. */
function whole(max: number, worth: number): number {
  return Math.floor(max * worth + 1e-6);
}

export function planNeed(need: Need, words: Dictionaries): NeedPlan {
  const lines: CapabilityPlan[] = [];
  const certificates: CertificatePlan[] = [];
  const tables: TablePlan[] = [];
  let reference: ReferencePlan | null = null;
  let text: TextPlan | null = null;
  for (const slot of need.slots) {
    if (slot.max === 0) continue;
    if (slot.kind === 'capability') lines.push(new CapabilityPlan(need, slot, words));
    else if (slot.kind === 'certificate') certificates.push(new CertificatePlan(need, slot, words));
    else if (slot.kind === 'reference') reference = new ReferencePlan(need, slot.max, words);
    else if (slot.kind === 'text') text = new TextPlan(need, slot, words);
    else tables.push(tablePlan(need, slot, words));
  }
  const byMax = (a: { max: number }, b: { max: number }): number => b.max - a.max;
  return {
    need,
    lines: lines.sort(byMax),
    certificates: certificates.sort(byMax),
    tables: tables.sort(byMax),
    country: tables.find((table): table is CountryTable => 'countries' in table) ?? null,
    reference,
    text,
  };
}

/** Units by a number that each company has: a column of it and what each value is worth. */
export interface TablePlan {
  slot: Slot;
  max: number;
  on(segment: Segment): { column: Uint8Array | Uint16Array; units: Uint16Array };
}

/** A country slot: experience in a country asked, or somewhere that is near it. */
export interface CountryTable extends TablePlan {
  countries: readonly string[];
  /** The most a company gets without any in a country asked. */
  mostElsewhere: number;
}

type TableSlot = Exclude<Slot, { kind: 'capability' | 'certificate' | 'reference' | 'text' }>;

function tablePlan(need: Need, slot: TableSlot, words: Dictionaries): TablePlan {
  const { max } = slot;
  const fixed = (
    column: keyof SegmentColumns & ('languages' | 'sizes' | 'flags' | 'updatedOn'),
    units: Uint16Array,
  ) => ({
    slot,
    max,
    on: ({ columns }: Segment) => ({ column: columns[column], units }),
  });
  switch (slot.kind) {
    case 'country':
      return countryPlan(need, slot);
    case 'language': {
      const speaks = words.table(words, `speaks ${slot.language}`, words.languages.keys.words, (set) =>
        set.split('|').includes(slot.language) ? 1 : 0,
      );
      return fixed(
        'languages',
        Uint16Array.from(speaks, (yes) => yes * max),
      );
    }
    case 'size':
      return fixed(
        'sizes',
        Uint16Array.from(COMPANY_SIZES, (size) => (isAtLeast(size, slot.minSize) ? max : 0)),
      );
    case 'investment':
      return fixed(
        'flags',
        Uint16Array.from({ length: 256 }, (_, flags) => ((flags & FLAG.canInvest) === 0 ? 0 : max)),
      );
    case 'freshness': {
      const worth = words.table(words, `fresh ${need.today}`, words.days.words, (day) =>
        freshnessWorth(day === '' ? null : day, need.today),
      );
      return fixed(
        'updatedOn',
        Uint16Array.from(worth, (one) => whole(max, one)),
      );
    }
  }
}

function countryPlan(need: Need, slot: CountrySlot): CountryTable {
  const { country } = need.basis.model;
  const certainty = (kind: number): number => {
    if (kind === CONFIRMED_REFERENCE) return country.confirmedReference;
    if (kind === STATED_REFERENCE) return country.statedReference;
    return country.kinds[COUNTRY_EXPERIENCE_KINDS[kind] ?? 'export'];
  };
  return {
    slot,
    max: slot.max,
    countries: slot.countries,
    mostElsewhere: whole(slot.max, Math.max(country.subregion, country.framework, country.region)),
    on({ memo, words }) {
      const era = need.basis.geography.eraOf(need.dueDay);
      const { places, values } = memo.countryVector(
        `${words.numberOf(need.basis)} ${era} ${slot.countries.join('|')}`,
        (held, kind) => countryWorth(need, slot.countries, words.countries.word(held)) * certainty(kind),
      );
      return { column: places, units: Uint16Array.from(values, (worth) => whole(slot.max, worth)) };
    },
  };
}

export class CertificatePlan {
  readonly slot: CertificateSlot;
  readonly max: number;
  private readonly wanted: Float64Array;
  private readonly due: number;
  private readonly verified: number;
  private readonly unverified: number;

  constructor(need: Need, slot: CertificateSlot, words: Dictionaries) {
    const { model } = need.basis;
    this.slot = slot;
    this.max = slot.max;
    this.wanted = words.table(
      words,
      `wanted ${slot.certifications.join('|')}`,
      words.certificates.words,
      (certificate) => (slot.certifications.includes(certificate) ? 1 : 0),
    );
    this.due = dayNumber(need.dueDay);
    this.verified = whole(slot.max, model.certificate.verified);
    this.unverified = slot.verifiedOnly ? 0 : whole(slot.max, model.certificate.unverified);
  }

  units(columns: SegmentColumns, at: number): number {
    const end = columns.certificateStart[at + 1] ?? 0;
    let best = 0;
    for (let row = columns.certificateStart[at] ?? 0; row < end; row += 1) {
      const units = this.row(columns, row);
      if (units > best) best = units;
    }
    return best;
  }

  row(columns: SegmentColumns, row: number): number {
    if (this.wanted[columns.certificate[row] ?? 0] !== 1 || (columns.certificateUntil[row] ?? 0) < this.due)
      return 0;
    return columns.certificateVerified[row] === 1 ? this.verified : this.unverified;
  }
}

/** References of the same kind; the same reckoning as `referenceWorth`, over numbers. */
export class ReferencePlan {
  readonly max: number;
  /** The most a company gets none of whose references names a capability asked or a related one. */
  readonly mostUnnamed: number;
  private readonly need: Need;
  private readonly slots: { byMineral: boolean; degree: Float64Array; minerals: MineralTable }[];
  private readonly here: number;
  private readonly age: Float64Array;

  constructor(need: Need, max: number, words: Dictionaries) {
    const { country } = need.opportunity;
    this.need = need;
    this.max = max;
    this.mostUnnamed = whole(max, need.basis.model.reference.unnamed);
    this.age = ageTable(need);
    this.here = country === null ? -1 : words.countries.find(country);
    this.slots = need.slots
      .filter((slot) => slot.kind === 'capability')
      .map((slot) => ({
        byMineral: slot.leaf === null,
        degree: words.table(need.basis.relations, `meets ${slot.leaf ?? ''}`, words.leaves.words, (leaf) =>
          slot.leaf === null ? 0 : need.basis.relations.capability(slot.leaf, leaf).degree,
        ),
        minerals: new MineralTable(need, slot, words),
      }));
  }

  units(columns: SegmentColumns, at: number): number {
    const end = columns.referenceStart[at + 1] ?? 0;
    let best = 0;
    for (let row = columns.referenceStart[at] ?? 0; row < end; row += 1) {
      const units = this.row(columns, row);
      if (units > best) best = units;
    }
    return best;
  }

  row(columns: SegmentColumns, row: number): number {
    const { reference } = this.need.basis.model;
    const leaf = columns.referenceLeaf[row] ?? NOTHING;
    let kind = 0;
    for (const { byMineral, degree, minerals } of this.slots) {
      const held = leaf === NOTHING || byMineral ? reference.unnamed : (degree[leaf] ?? 0);
      if (held === 0) continue;
      const worth = minerals.of(columns.referenceMinerals[row] ?? 0);
      kind = Math.max(kind, byMineral ? held * worth : held * (0.4 + 0.6 * worth));
    }
    if (kind === 0) return 0;
    const certainty = columns.referenceConfirmed[row] === 1 ? reference.confirmed : reference.stated;
    const country = columns.referenceCountry[row] ?? NOTHING;
    const place = country !== NOTHING && country === this.here ? 1 : reference.elsewhere;
    const age = 0.6 + 0.4 * (this.age[(columns.referenceYear[row] ?? NO_YEAR) - NO_YEAR] ?? 0);
    return whole(this.max, kind * certainty * place * age);
  }
}

export class TextPlan {
  readonly max: number;
  private readonly worth: Uint16Array;
  /** concept → asked */
  private readonly asked: Uint8Array;

  constructor(need: Need, slot: TextSlot, words: Dictionaries) {
    const count = slot.concepts.length;
    this.max = slot.max;
    this.asked = new Uint8Array(words.concepts.words.length);
    for (const concept of slot.concepts) {
      const number = words.concepts.find(concept);
      if (number >= 0) this.asked[number] = (this.asked[number] ?? 0) + 1;
    }
    this.worth = Uint16Array.from({ length: count + 1 }, (_, common) =>
      whole(slot.max, textWorth(need.basis.model, common, count)),
    );
  }

  units(columns: SegmentColumns, at: number): number {
    const end = columns.conceptStart[at + 1] ?? 0;
    let common = 0;
    for (let row = columns.conceptStart[at] ?? 0; row < end; row += 1)
      common += this.asked[columns.concept[row] ?? 0] ?? 0;
    return this.worth[common] ?? 0;
  }
}
