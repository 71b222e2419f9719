import type { MatchCompany, MatchExclusions } from '#lib/domain/match/types.ts';
import { Column } from '#lib/server/match/dictionary.ts';
import type { Bits } from '#lib/server/match/bits.ts';

/** A company of the index, with what lists are parted by but scores do not see. */
export interface IndexedCompany {
  company: MatchCompany;
  demo: boolean;
}

const u8 = (buffer: SharedArrayBuffer) => new Uint8Array(buffer);
const u16 = (buffer: SharedArrayBuffer) => new Uint16Array(buffer);
const i16 = (buffer: SharedArrayBuffer) => new Int16Array(buffer);
const i32 = (buffer: SharedArrayBuffer) => new Int32Array(buffer);
const u32 = (buffer: SharedArrayBuffer) => new Uint32Array(buffer);
const f64 = (buffer: SharedArrayBuffer) => new Float64Array(buffer);

/** Columns that are being filled. `…Start`: the first row of each company, one more entry at the end. */
export function newColumns() {
  return {
    /** bytes of the ids, one after another */
    idBytes: new Column(u8),
    idStart: new Column(u32),
    flags: new Column(u8),
    sizes: new Column(u8),
    status: new Column(u8),
    vettedUntil: new Column(i32),
    seat: new Column(u16),
    updatedOn: new Column(u16),
    languages: new Column(u16),
    conceptStart: new Column(u32),
    concept: new Column(u16),
    rowStart: new Column(u32),
    rowId: new Column(u32),
    /** leaf, evidence and set of minerals in one number, see `segment-values.ts`: what every reading begins with */
    rowHead: new Column(u32),
    rowAmount: new Column(f64),
    rowUnit: new Column(u16),
    rowYear: new Column(i16),
    certificateStart: new Column(u32),
    certificate: new Column(u16),
    certificateUntil: new Column(i32),
    certificateVerified: new Column(u8),
    referenceStart: new Column(u32),
    referenceId: new Column(u32),
    referenceCountry: new Column(u16),
    referenceMinerals: new Column(u32),
    referenceLeaf: new Column(u16),
    referenceYear: new Column(i16),
    referenceConfirmed: new Column(u8),
    countryStart: new Column(u32),
    country: new Column(u16),
    countryKind: new Column(u8),
  };
}

export type NewColumns = ReturnType<typeof newColumns>;

/** Columns of a segment, in memory that threads share. */
export type SegmentColumns = { readonly [K in keyof NewColumns]: ReturnType<NewColumns[K]['done']> };

/** Cuts all columns to size. */
export function finishColumns(columns: NewColumns): SegmentColumns {
  return {
    idBytes: columns.idBytes.done(),
    idStart: columns.idStart.done(),
    flags: columns.flags.done(),
    sizes: columns.sizes.done(),
    status: columns.status.done(),
    vettedUntil: columns.vettedUntil.done(),
    seat: columns.seat.done(),
    updatedOn: columns.updatedOn.done(),
    languages: columns.languages.done(),
    conceptStart: columns.conceptStart.done(),
    concept: columns.concept.done(),
    rowStart: columns.rowStart.done(),
    rowId: columns.rowId.done(),
    rowHead: columns.rowHead.done(),
    rowAmount: columns.rowAmount.done(),
    rowUnit: columns.rowUnit.done(),
    rowYear: columns.rowYear.done(),
    certificateStart: columns.certificateStart.done(),
    certificate: columns.certificate.done(),
    certificateUntil: columns.certificateUntil.done(),
    certificateVerified: columns.certificateVerified.done(),
    referenceStart: columns.referenceStart.done(),
    referenceId: columns.referenceId.done(),
    referenceCountry: columns.referenceCountry.done(),
    referenceMinerals: columns.referenceMinerals.done(),
    referenceLeaf: columns.referenceLeaf.done(),
    referenceYear: columns.referenceYear.done(),
    referenceConfirmed: columns.referenceConfirmed.done(),
    countryStart: columns.countryStart.done(),
    country: columns.country.done(),
    countryKind: columns.countryKind.done(),
  };
}

/** Everything a segment is made of: a thread that is handed it makes the same segment. */
export interface SegmentData {
  size: number;
  columns: SegmentColumns;
  sets: SegmentSets;
  /** What companies do not want, by place. */
  excludes: ReadonlyMap<number, MatchExclusions>;
}

/** For each fact the companies of a segment that have it. */
export interface SegmentSets {
  /** Not replaced by a newer segment: the only thing that ever changes in a segment. */
  readonly alive: Bits;
  readonly notSuspended: Bits;
  readonly notScreened: Bits;
  readonly published: Bits;
  readonly canInvest: Bits;
  readonly demo: Bits;
  readonly sizes: readonly Bits[];
  /** leaf → holders */
  readonly leaves: readonly Bits[];
  /** leaf → companies with a reference project of it */
  readonly referenceLeaves: readonly Bits[];
  /** mineral → companies with a capability that names it */
  readonly minerals: readonly Bits[];
  /** companies with a capability that names no mineral */
  readonly noMineral: Bits;
  /** the best evidence of any row as two bits, low and high: its place among the levels */
  readonly evidenceLow: Bits;
  readonly evidenceHigh: Bits;
  /** companies that state a quantity in some row */
  readonly stated: Bits;
  /** country → companies with experience or a reference project there */
  readonly countries: readonly Bits[];
  /** language → companies that speak it */
  readonly languages: ReadonlyMap<string, Bits>;
}
