import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import type { MatchCompany, MatchExclusions } from '#lib/domain/match/types.ts';
import { clearBit } from '#lib/server/match/bits.ts';
import { Column, type Dictionaries } from '#lib/server/match/dictionary.ts';
import { LeafBlocks } from '#lib/server/match/leaf-blocks.ts';
import { SegmentSets } from '#lib/server/match/segment-sets.ts';
import {
  dayNumber,
  dayText,
  FLAG,
  NO_DAY,
  NO_YEAR,
  NOTHING,
  STATUSES,
} from '#lib/server/match/segment-values.ts';

/** A company of the index, with what lists are parted by but scores do not see. */
export interface IndexedCompany {
  company: MatchCompany;
  demo: boolean;
}

/**
 * Companies as typed arrays: one slot a company, rows of a company next to each other, and sets of companies
 * that share a fact. Never changed after it is built but for `sets.alive`: what newer segments replace is dead.
 */
export class Segment {
  readonly size: number;
  readonly ids: readonly string[];
  readonly flags: Uint8Array;
  readonly sizes: Uint8Array;
  readonly status: Uint8Array;
  readonly vettedUntil: Int32Array;
  readonly seat: Uint16Array;
  readonly updatedOn: Int32Array;
  readonly languages: Uint16Array;
  readonly concepts: Uint32Array;
  readonly excludes: ReadonlyMap<number, MatchExclusions>;
  /** first row of each company; one more entry at the end */
  readonly rowStart: Uint32Array;
  readonly rowId: Uint32Array;
  readonly rowLeaf: Uint16Array;
  /** first mineral of each row; one more entry at the end */
  readonly mineralStart: Uint32Array;
  readonly mineral: Uint16Array;
  readonly rowAmount: Float64Array;
  readonly rowUnit: Uint16Array;
  readonly rowYear: Int16Array;
  readonly rowEvidence: Uint8Array;
  readonly certificateStart: Uint32Array;
  readonly certificate: Uint16Array;
  readonly certificateUntil: Int32Array;
  readonly certificateVerified: Uint8Array;
  readonly referenceStart: Uint32Array;
  readonly referenceId: Uint32Array;
  readonly referenceCountry: Uint16Array;
  readonly referenceMineralStart: Uint32Array;
  readonly referenceMineral: Uint16Array;
  readonly referenceLeaf: Uint16Array;
  readonly referenceYear: Int16Array;
  readonly referenceConfirmed: Uint8Array;
  readonly countryStart: Uint32Array;
  readonly country: Uint16Array;
  readonly countryKind: Uint8Array;
  /** owner of each certificate row */
  readonly certificateOwner: Uint32Array;
  /** certificate number → its rows */
  readonly certificateRows: readonly Uint32Array[];
  /** id → place */
  readonly index: ReadonlyMap<string, number>;
  readonly sets: SegmentSets;
  readonly blocks: LeafBlocks;
  private readonly words: Dictionaries;

  constructor(builder: SegmentBuilder, words: Dictionaries) {
    this.words = words;
    this.size = builder.ids.length;
    this.ids = builder.ids;
    this.flags = builder.flags.done();
    this.sizes = builder.sizes.done();
    this.status = builder.status.done();
    this.vettedUntil = builder.vettedUntil.done();
    this.seat = builder.seat.done();
    this.updatedOn = builder.updatedOn.done();
    this.languages = builder.languages.done();
    this.concepts = builder.concepts.done();
    this.excludes = builder.excludes;
    this.rowStart = builder.rowStart.done();
    this.rowId = builder.rowId.done();
    this.rowLeaf = builder.rowLeaf.done();
    this.mineralStart = builder.mineralStart.done();
    this.mineral = builder.mineral.done();
    this.rowAmount = builder.rowAmount.done();
    this.rowUnit = builder.rowUnit.done();
    this.rowYear = builder.rowYear.done();
    this.rowEvidence = builder.rowEvidence.done();
    this.certificateStart = builder.certificateStart.done();
    this.certificate = builder.certificate.done();
    this.certificateUntil = builder.certificateUntil.done();
    this.certificateVerified = builder.certificateVerified.done();
    this.referenceStart = builder.referenceStart.done();
    this.referenceId = builder.referenceId.done();
    this.referenceCountry = builder.referenceCountry.done();
    this.referenceMineralStart = builder.referenceMineralStart.done();
    this.referenceMineral = builder.referenceMineral.done();
    this.referenceLeaf = builder.referenceLeaf.done();
    this.referenceYear = builder.referenceYear.done();
    this.referenceConfirmed = builder.referenceConfirmed.done();
    this.countryStart = builder.countryStart.done();
    this.country = builder.country.done();
    this.countryKind = builder.countryKind.done();
    this.certificateOwner = ownersOf(this.certificateStart, this.certificate.length);
    this.certificateRows = rowsByWord(this.certificate, words.certificates.words.length);
    this.index = new Map(this.ids.map((id, at) => [id, at]));
    this.sets = new SegmentSets(this, words);
    this.blocks = new LeafBlocks(this, words);
  }

  /** A newer segment holds the company, or it is gone. */
  bury(at: number): void {
    clearBit(this.sets.alive, at);
  }

  /** The company at a place, as it was put in. */
  company(at: number): MatchCompany {
    const flags = this.flags[at] ?? 0;
    const { words } = this;
    return {
      id: this.ids[at] ?? '',
      size: COMPANY_SIZES[this.sizes[at] ?? 0] ?? 'sme',
      country: words.countries.word(this.seat[at] ?? 0),
      status: STATUSES[this.status[at] ?? 0] ?? 'registered',
      vettedUntil: dayText(this.vettedUntil[at] ?? NO_DAY),
      screened: (flags & FLAG.screened) !== 0,
      published: (flags & FLAG.published) !== 0,
      capabilities: range(this.rowStart, at, (row) => {
        const unit = this.rowUnit[row] ?? NOTHING;
        return {
          id: words.rows.word(this.rowId[row] ?? 0),
          capability: words.leaves.word(this.rowLeaf[row] ?? 0),
          minerals: range(this.mineralStart, row, (place) => words.minerals.word(this.mineral[place] ?? 0)),
          amount: unit === NOTHING ? null : (this.rowAmount[row] ?? 0),
          unit: unit === NOTHING ? null : words.units.word(unit),
          year: yearOrNull(this.rowYear[row]),
          evidence: EVIDENCE_LEVELS[this.rowEvidence[row] ?? 0] ?? 'claimed',
        };
      }),
      certifications: range(this.certificateStart, at, (row) => ({
        id: words.certificates.word(this.certificate[row] ?? 0),
        validTo: dayText(this.certificateUntil[row] ?? NO_DAY),
        verified: this.certificateVerified[row] === 1,
      })),
      references: range(this.referenceStart, at, (row) => ({
        id: words.rows.word(this.referenceId[row] ?? 0),
        country: wordOrNull(this.referenceCountry[row], words.countries.words),
        minerals: range(this.referenceMineralStart, row, (place) =>
          words.minerals.word(this.referenceMineral[place] ?? 0),
        ),
        capability: wordOrNull(this.referenceLeaf[row], words.leaves.words),
        year: yearOrNull(this.referenceYear[row]),
        confirmed: this.referenceConfirmed[row] === 1,
      })),
      countries: range(this.countryStart, at, (row) => ({
        country: words.countries.word(this.country[row] ?? 0),
        kind: COUNTRY_EXPERIENCE_KINDS[this.countryKind[row] ?? 0] ?? 'export',
      })),
      languages: words.languages.set(this.languages[at] ?? 0),
      canInvest: (flags & FLAG.canInvest) !== 0,
      updatedOn: dayText(this.updatedOn[at] ?? NO_DAY),
      concepts: words.concepts.set(this.concepts[at] ?? 0),
      excludes: this.excludes.get(at) ?? null,
    };
  }
}

function range<T>(starts: Uint32Array, at: number, read: (row: number) => T): T[] {
  const rows: T[] = [];
  for (let row = starts[at] ?? 0; row < (starts[at + 1] ?? 0); row += 1) rows.push(read(row));
  return rows;
}

function yearOrNull(year: number | undefined): number | null {
  return year === undefined || year === NO_YEAR ? null : year;
}

function wordOrNull(number: number | undefined, words: readonly string[]): string | null {
  return number === undefined || number === NOTHING ? null : (words[number] ?? null);
}

function ownersOf(starts: Uint32Array, rows: number): Uint32Array {
  const owners = new Uint32Array(rows);
  for (let at = 0; at + 1 < starts.length; at += 1) owners.fill(at, starts[at] ?? 0, starts[at + 1] ?? 0);
  return owners;
}

function rowsByWord(column: Uint16Array, words: number): Uint32Array[] {
  const counts = new Uint32Array(words);
  for (const word of column) counts[word] = (counts[word] ?? 0) + 1;
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  const next = new Uint32Array(words);
  column.forEach((word, row) => {
    const list = lists[word];
    if (list !== undefined) list[next[word] ?? 0] = row;
    next[word] = (next[word] ?? 0) + 1;
  });
  return lists;
}

const u8 = (size: number) => new Uint8Array(size);
const u16 = (size: number) => new Uint16Array(size);
const i16 = (size: number) => new Int16Array(size);
const i32 = (size: number) => new Int32Array(size);
const u32 = (size: number) => new Uint32Array(size);
const f64 = (size: number) => new Float64Array(size);

/** Takes companies one by one and makes a segment of them. */
export class SegmentBuilder {
  readonly ids: string[] = [];
  readonly flags = new Column(u8);
  readonly sizes = new Column(u8);
  readonly status = new Column(u8);
  readonly vettedUntil = new Column(i32);
  readonly seat = new Column(u16);
  readonly updatedOn = new Column(i32);
  readonly languages = new Column(u16);
  readonly concepts = new Column(u32);
  readonly excludes = new Map<number, MatchExclusions>();
  readonly rowStart = new Column(u32);
  readonly rowId = new Column(u32);
  readonly rowLeaf = new Column(u16);
  readonly mineralStart = new Column(u32);
  readonly mineral = new Column(u16);
  readonly rowAmount = new Column(f64);
  readonly rowUnit = new Column(u16);
  readonly rowYear = new Column(i16);
  readonly rowEvidence = new Column(u8);
  readonly certificateStart = new Column(u32);
  readonly certificate = new Column(u16);
  readonly certificateUntil = new Column(i32);
  readonly certificateVerified = new Column(u8);
  readonly referenceStart = new Column(u32);
  readonly referenceId = new Column(u32);
  readonly referenceCountry = new Column(u16);
  readonly referenceMineralStart = new Column(u32);
  readonly referenceMineral = new Column(u16);
  readonly referenceLeaf = new Column(u16);
  readonly referenceYear = new Column(i16);
  readonly referenceConfirmed = new Column(u8);
  readonly countryStart = new Column(u32);
  readonly country = new Column(u16);
  readonly countryKind = new Column(u8);
  private readonly words: Dictionaries;

  constructor(words: Dictionaries) {
    this.words = words;
  }

  add({ company, demo }: IndexedCompany): void {
    const { words } = this;
    if (company.excludes !== null) this.excludes.set(this.ids.length, company.excludes);
    this.ids.push(company.id);
    this.flags.push(
      (company.screened ? FLAG.screened : 0) |
        (company.published ? FLAG.published : 0) |
        (company.canInvest ? FLAG.canInvest : 0) |
        (demo ? FLAG.demo : 0) |
        (company.excludes === null ? 0 : FLAG.excludes),
    );
    this.sizes.push(COMPANY_SIZES.indexOf(company.size));
    this.status.push(STATUSES.indexOf(company.status));
    this.vettedUntil.push(dayNumber(company.vettedUntil));
    this.seat.push(words.countries.put(company.country));
    this.updatedOn.push(dayNumber(company.updatedOn));
    this.languages.push(words.languages.put(company.languages));
    this.concepts.push(words.concepts.put(company.concepts));
    this.addRows(company);
  }

  /** Closes the last company's rows and builds. */
  build(): Segment {
    this.startRows();
    this.mineralStart.push(this.mineral.length);
    this.referenceMineralStart.push(this.referenceMineral.length);
    return new Segment(this, this.words);
  }

  private startRows(): void {
    this.rowStart.push(this.rowLeaf.length);
    this.certificateStart.push(this.certificate.length);
    this.referenceStart.push(this.referenceLeaf.length);
    this.countryStart.push(this.country.length);
  }

  private addRows(company: MatchCompany): void {
    const { words } = this;
    this.startRows();
    for (const row of company.capabilities) {
      this.rowId.push(words.rows.put(row.id));
      this.rowLeaf.push(words.leaves.put(row.capability));
      this.mineralStart.push(this.mineral.length);
      for (const mineral of row.minerals) this.mineral.push(words.minerals.put(mineral));
      const stated = row.amount !== null && row.unit !== null;
      this.rowAmount.push(stated ? (row.amount ?? 0) : 0);
      this.rowUnit.push(stated ? words.units.put(row.unit ?? '') : NOTHING);
      this.rowYear.push(row.year ?? NO_YEAR);
      this.rowEvidence.push(EVIDENCE_LEVELS.indexOf(row.evidence));
    }
    for (const row of company.certifications) {
      this.certificate.push(words.certificates.put(row.id));
      this.certificateUntil.push(dayNumber(row.validTo));
      this.certificateVerified.push(row.verified ? 1 : 0);
    }
    for (const row of company.references) {
      this.referenceId.push(words.rows.put(row.id));
      this.referenceCountry.push(row.country === null ? NOTHING : words.countries.put(row.country));
      this.referenceMineralStart.push(this.referenceMineral.length);
      for (const mineral of row.minerals) this.referenceMineral.push(words.minerals.put(mineral));
      this.referenceLeaf.push(row.capability === null ? NOTHING : words.leaves.put(row.capability));
      this.referenceYear.push(row.year ?? NO_YEAR);
      this.referenceConfirmed.push(row.confirmed ? 1 : 0);
    }
    for (const row of company.countries) {
      this.country.push(words.countries.put(row.country));
      this.countryKind.push(COUNTRY_EXPERIENCE_KINDS.indexOf(row.kind));
    }
  }
}
