import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { SegmentColumns, SegmentData } from '#lib/server/match/segment-columns.ts';
import {
  dayText,
  evidenceOf,
  FLAG,
  leafOf,
  mineralsOf,
  NO_DAY,
  NO_YEAR,
  NOTHING,
  STATUSES,
} from '#lib/server/match/segment-values.ts';

/** The company at a place of columns, as it was put in but for the order of what has none. */
export function companyAt(
  columns: SegmentColumns,
  words: Dictionaries,
  at: number,
  excludes: SegmentData['excludes'],
): MatchCompany {
  const flags = columns.flags[at] ?? 0;
  return {
    id: idAt(columns, at),
    size: COMPANY_SIZES[columns.sizes[at] ?? 0] ?? 'sme',
    country: words.countries.word(columns.seat[at] ?? 0),
    status: STATUSES[columns.status[at] ?? 0] ?? 'registered',
    vettedUntil: dayText(columns.vettedUntil[at] ?? NO_DAY),
    screened: (flags & FLAG.screened) !== 0,
    published: (flags & FLAG.published) !== 0,
    capabilities: range(columns.rowStart, at, (row) => capabilityAt(columns, words, row)),
    certifications: range(columns.certificateStart, at, (row) => ({
      id: words.certificates.word(columns.certificate[row] ?? 0),
      validTo: dayText(columns.certificateUntil[row] ?? NO_DAY),
      verified: columns.certificateVerified[row] === 1,
    })),
    references: range(columns.referenceStart, at, (row) => referenceAt(columns, words, row)),
    countries: range(columns.countryStart, at, (row) => ({
      country: words.countries.word(columns.country[row] ?? 0),
      kind: COUNTRY_EXPERIENCE_KINDS[columns.countryKind[row] ?? 0] ?? 'export',
    })),
    languages: setOrNone(columns.languages[at], words.languages),
    canInvest: (flags & FLAG.canInvest) !== 0,
    updatedOn: words.days.word(columns.updatedOn[at] ?? 0) || null,
    concepts: range(columns.conceptStart, at, (row) => words.concepts.word(columns.concept[row] ?? 0)),
    excludes: excludes.get(at) ?? null,
  };
}

function idAt({ idBytes, idStart }: SegmentColumns, at: number): string {
  return Buffer.from(idBytes.buffer).toString('utf8', idStart[at] ?? 0, idStart[at + 1] ?? 0);
}

function capabilityAt(
  columns: SegmentColumns,
  words: Dictionaries,
  row: number,
): MatchCompany['capabilities'][number] {
  const unit = columns.rowUnit[row] ?? NOTHING;
  const head = columns.rowHead[row] ?? 0;
  return {
    id: words.rows.word(columns.rowId[row] ?? 0),
    capability: words.leaves.word(leafOf(head)),
    minerals: setOrNone(mineralsOf(head), words.mineralSets),
    amount: unit === NOTHING ? null : (columns.rowAmount[row] ?? 0),
    unit: unit === NOTHING ? null : words.units.word(unit),
    year: yearOrNull(columns.rowYear[row]),
    evidence: EVIDENCE_LEVELS[evidenceOf(head)] ?? 'claimed',
  };
}

function referenceAt(
  columns: SegmentColumns,
  words: Dictionaries,
  row: number,
): MatchCompany['references'][number] {
  return {
    id: words.rows.word(columns.referenceId[row] ?? 0),
    country: wordOrNull(columns.referenceCountry[row], words.countries.words),
    minerals: setOrNone(columns.referenceMinerals[row], words.mineralSets),
    capability: wordOrNull(columns.referenceLeaf[row], words.leaves.words),
    year: yearOrNull(columns.referenceYear[row]),
    confirmed: columns.referenceConfirmed[row] === 1,
  };
}

function range<T>(starts: Uint32Array, at: number, read: (row: number) => T): T[] {
  const rows: T[] = [];
  for (let row = starts[at] ?? 0; row < (starts[at + 1] ?? 0); row += 1) rows.push(read(row));
  return rows;
}

function setOrNone(
  number: number | undefined,
  sets: { set(number: number): readonly string[] },
): readonly string[] {
  return number === undefined || number === 0 ? [] : sets.set(number);
}

function yearOrNull(year: number | undefined): number | null {
  return year === undefined || year === NO_YEAR ? null : year;
}

function wordOrNull(number: number | undefined, words: readonly string[]): string | null {
  return number === undefined || number === NOTHING ? null : (words[number] ?? null);
}
