import type { MatchCompany, MatchExclusions } from '#lib/domain/match/types.ts';
import { Column, TextColumn } from '#lib/server/match/dictionary.ts';
import type { Bits } from '#lib/server/match/bits.ts';
import type { RowLists } from '#lib/server/match/row-lists.ts';

/** A company of the index, with what lists are parted by but scores do not see. */
export interface IndexedCompany {
  company: MatchCompany;
  demo: boolean;
}

/** Columns that are being filled. `…Start`: the first row of each company, one more entry at the end. */
export function newColumns() {
  return {
    /** bytes of the ids, one after another */
    idBytes: new TextColumn(),
    idStart: new Column(Uint32Array),
    flags: new Column(Uint8Array),
    sizes: new Column(Uint8Array),
    status: new Column(Uint8Array),
    vettedUntil: new Column(Int32Array),
    seat: new Column(Uint16Array),
    updatedOn: new Column(Uint16Array),
    languages: new Column(Uint16Array),
    conceptStart: new Column(Uint32Array),
    concept: new Column(Uint16Array),
    rowStart: new Column(Uint32Array),
    rowId: new Column(Uint32Array),
    /** leaf, evidence and set of minerals in one number, see `segment-values.ts`: what every reading begins with */
    rowHead: new Column(Uint32Array),
    rowAmount: new Column(Float64Array),
    rowUnit: new Column(Uint16Array),
    rowYear: new Column(Int16Array),
    certificateStart: new Column(Uint32Array),
    certificate: new Column(Uint16Array),
    certificateUntil: new Column(Int32Array),
    certificateVerified: new Column(Uint8Array),
    referenceStart: new Column(Uint32Array),
    referenceId: new Column(Uint32Array),
    referenceCountry: new Column(Uint16Array),
    referenceMinerals: new Column(Uint32Array),
    referenceLeaf: new Column(Uint16Array),
    referenceYear: new Column(Int16Array),
    referenceConfirmed: new Column(Uint8Array),
    countryStart: new Column(Uint32Array),
    country: new Column(Uint16Array),
    countryKind: new Column(Uint8Array),
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
  lists: RowLists;
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
