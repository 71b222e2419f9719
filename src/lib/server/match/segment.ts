import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import { clearBit } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { SegmentColumns, SegmentData, SegmentSets } from '#lib/server/match/segment-columns.ts';
import { SegmentMemo } from '#lib/server/match/segment-memo.ts';
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

/**
 * Companies as typed arrays in memory that threads share: one place a company, in the order of their ids, rows of a
 * company next to each other, and sets of companies that share a fact. Never changed after it is built but for
 * `sets.alive`: what newer segments replace is dead.
 */
export class Segment {
  readonly size: number;
  readonly columns: SegmentColumns;
  readonly sets: SegmentSets;
  readonly excludes: SegmentData['excludes'];
  /** What was worked out of the sets, kept for the next need. */
  readonly memo: SegmentMemo;
  readonly words: Dictionaries;
  private readonly ids: Buffer;

  constructor(data: SegmentData, words: Dictionaries) {
    this.size = data.size;
    this.columns = data.columns;
    this.sets = data.sets;
    this.excludes = data.excludes;
    this.words = words;
    this.ids = Buffer.from(data.columns.idBytes.buffer);
    this.memo = new SegmentMemo(data, words);
  }

  /** What a thread makes the same segment of; who dies from now on lives on there. */
  data(): SegmentData {
    const { size, columns, sets, excludes } = this;
    return { size, columns, sets: { ...sets, alive: sets.alive.slice() }, excludes };
  }

  /** A newer segment holds the company, or it is gone. */
  bury(at: number): void {
    clearBit(this.sets.alive, at);
    this.memo.forgetLiving();
  }

  id(at: number): string {
    const { idStart } = this.columns;
    return this.ids.toString('utf8', idStart[at] ?? 0, idStart[at + 1] ?? 0);
  }

  /** The place of a company; -1 when it is not in the segment. */
  find(id: string): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.id(middle);
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** The company at a place, as it was put in but for the order of what has none. */
  company(at: number): MatchCompany {
    const { words, columns } = this;
    const flags = columns.flags[at] ?? 0;
    return {
      id: this.id(at),
      size: COMPANY_SIZES[columns.sizes[at] ?? 0] ?? 'sme',
      country: words.countries.word(columns.seat[at] ?? 0),
      status: STATUSES[columns.status[at] ?? 0] ?? 'registered',
      vettedUntil: dayText(columns.vettedUntil[at] ?? NO_DAY),
      screened: (flags & FLAG.screened) !== 0,
      published: (flags & FLAG.published) !== 0,
      capabilities: range(columns.rowStart, at, (row) => this.capability(row)),
      certifications: range(columns.certificateStart, at, (row) => ({
        id: words.certificates.word(columns.certificate[row] ?? 0),
        validTo: dayText(columns.certificateUntil[row] ?? NO_DAY),
        verified: columns.certificateVerified[row] === 1,
      })),
      references: range(columns.referenceStart, at, (row) => this.reference(row)),
      countries: range(columns.countryStart, at, (row) => ({
        country: words.countries.word(columns.country[row] ?? 0),
        kind: COUNTRY_EXPERIENCE_KINDS[columns.countryKind[row] ?? 0] ?? 'export',
      })),
      languages: setOrNone(columns.languages[at], words.languages),
      canInvest: (flags & FLAG.canInvest) !== 0,
      updatedOn: words.days.word(columns.updatedOn[at] ?? 0) || null,
      concepts: range(columns.conceptStart, at, (row) => words.concepts.word(columns.concept[row] ?? 0)),
      excludes: this.excludes.get(at) ?? null,
    };
  }

  private capability(row: number): MatchCompany['capabilities'][number] {
    const { words, columns } = this;
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

  private reference(row: number): MatchCompany['references'][number] {
    const { words, columns } = this;
    return {
      id: words.rows.word(columns.referenceId[row] ?? 0),
      country: wordOrNull(columns.referenceCountry[row], words.countries.words),
      minerals: setOrNone(columns.referenceMinerals[row], words.mineralSets),
      capability: wordOrNull(columns.referenceLeaf[row], words.leaves.words),
      year: yearOrNull(columns.referenceYear[row]),
      confirmed: columns.referenceConfirmed[row] === 1,
    };
  }
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
