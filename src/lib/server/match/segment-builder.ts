import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import type { MatchCompany, MatchExclusions } from '#lib/domain/match/types.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { finishColumns, newColumns, type IndexedCompany } from '#lib/server/match/segment-columns.ts';
import { rowListsOf } from '#lib/server/match/row-lists.ts';
import { companyAt } from '#lib/server/match/segment-record.ts';
import { Segment } from '#lib/server/match/segment.ts';
import { setsOf } from '#lib/server/match/segment-sets.ts';
import { dayNumber, FLAG, headOf, NO_YEAR, NOTHING, STATUSES } from '#lib/server/match/segment-values.ts';

/** A company without its rows, in the numbers of the columns. */
export interface CompanyHead {
  id: string;
  flags: number;
  size: number;
  status: number;
  vettedUntil: number;
  seat: number;
  updatedOn: number;
  languages: number;
  concepts: readonly string[];
  excludes: MatchExclusions | null;
}

/**
 * Takes companies one by one, in the order of their ids, and makes a segment of them: whole ones, or one begun and
 * then its rows in the numbers of the columns and dictionaries.
 */
export class SegmentBuilder {
  size = 0;
  readonly words: Dictionaries;
  private readonly columns = newColumns();
  private readonly excludes = new Map<number, MatchExclusions>();

  constructor(words: Dictionaries) {
    this.words = words;
  }

  add({ company, demo }: IndexedCompany): void {
    const { words } = this;
    this.begin({
      id: company.id,
      flags: flagsOf(company.screened, company.published, company.canInvest, demo),
      size: COMPANY_SIZES.indexOf(company.size),
      status: STATUSES.indexOf(company.status),
      vettedUntil: dayNumber(company.vettedUntil),
      seat: words.countries.put(company.country),
      updatedOn: words.days.put(company.updatedOn ?? ''),
      languages: words.languages.put(company.languages),
      concepts: company.concepts,
      excludes: company.excludes,
    });
    this.addRows(company);
  }

  /** The next company; rows that come now are its own. */
  begin(head: CompanyHead): void {
    const { columns, words } = this;
    if (head.excludes !== null) this.excludes.set(this.size, head.excludes);
    this.startRows();
    columns.idBytes.push(head.id);
    columns.flags.push(head.flags);
    columns.sizes.push(head.size);
    columns.status.push(head.status);
    columns.vettedUntil.push(head.vettedUntil);
    columns.seat.push(head.seat);
    columns.updatedOn.push(head.updatedOn);
    columns.languages.push(head.languages);
    for (const concept of head.concepts) columns.concept.push(words.concepts.put(concept));
    this.size += 1;
  }

  /** `amount` and `unit`: null and `NOTHING` unless both are stated. */
  capability(
    id: number,
    leaf: number,
    evidence: number,
    minerals: number,
    amount: number | null,
    unit: number,
    year: number | null,
  ): void {
    const { columns } = this;
    columns.rowId.push(id);
    columns.rowHead.push(headOf(leaf, evidence, minerals));
    columns.rowAmount.push(amount ?? 0);
    columns.rowUnit.push(amount === null ? NOTHING : unit);
    columns.rowYear.push(year ?? NO_YEAR);
  }

  certificate(id: number, until: number, verified: boolean): void {
    const { columns } = this;
    columns.certificate.push(id);
    columns.certificateUntil.push(until);
    columns.certificateVerified.push(verified ? 1 : 0);
  }

  /** `country` and `leaf`: `NOTHING` where none is named. */
  reference(
    id: number,
    country: number,
    minerals: number,
    leaf: number,
    year: number | null,
    confirmed: boolean,
  ): void {
    const { columns } = this;
    columns.referenceId.push(id);
    columns.referenceCountry.push(country);
    columns.referenceMinerals.push(minerals);
    columns.referenceLeaf.push(leaf);
    columns.referenceYear.push(year ?? NO_YEAR);
    columns.referenceConfirmed.push(confirmed ? 1 : 0);
  }

  country(country: number, kind: number): void {
    this.columns.country.push(country);
    this.columns.countryKind.push(kind);
  }

  /** The number of a set of minerals. */
  minerals(names: readonly string[]): number {
    for (const mineral of names) this.words.minerals.put(mineral);
    return this.words.mineralSets.put(names);
  }

  build(): Segment {
    const columns = this.finish();
    const sets = setsOf(columns, this.size, this.words);
    const lists = rowListsOf(columns, this.size, this.words);
    return new Segment({ size: this.size, columns, sets, lists, excludes: this.excludes }, this.words);
  }

  /** The companies themselves, when no segment is wanted of them. */
  companies(): IndexedCompany[] {
    const columns = this.finish();
    return Array.from({ length: this.size }, (_, at) => ({
      company: companyAt(columns, this.words, at, this.excludes),
      demo: ((columns.flags[at] ?? 0) & FLAG.demo) !== 0,
    }));
  }

  private finish() {
    this.startRows();
    return finishColumns(this.columns);
  }

  /** The rows of the next company, or the end, begin here. */
  private startRows(): void {
    const { columns } = this;
    columns.idStart.push(columns.idBytes.length);
    columns.conceptStart.push(columns.concept.length);
    columns.rowStart.push(columns.rowHead.length);
    columns.certificateStart.push(columns.certificate.length);
    columns.referenceStart.push(columns.referenceLeaf.length);
    columns.countryStart.push(columns.country.length);
  }

  private addRows(company: MatchCompany): void {
    const { words } = this;
    for (const row of company.capabilities) {
      const stated = row.amount !== null && row.unit !== null;
      this.capability(
        words.rows.put(row.id),
        words.leaves.put(row.capability),
        EVIDENCE_LEVELS.indexOf(row.evidence),
        this.minerals(row.minerals),
        stated ? row.amount : null,
        stated ? words.units.put(row.unit ?? '') : NOTHING,
        row.year,
      );
    }
    for (const row of company.certifications)
      this.certificate(words.certificates.put(row.id), dayNumber(row.validTo), row.verified);
    for (const row of company.references)
      this.reference(
        words.rows.put(row.id),
        row.country === null ? NOTHING : words.countries.put(row.country),
        this.minerals(row.minerals),
        row.capability === null ? NOTHING : words.leaves.put(row.capability),
        row.year,
        row.confirmed,
      );
    for (const row of company.countries)
      this.country(words.countries.put(row.country), COUNTRY_EXPERIENCE_KINDS.indexOf(row.kind));
  }
}

/** What is true of a company, in one number. */
export function flagsOf(screened: boolean, published: boolean, canInvest: boolean, demo: boolean): number {
  return (
    (screened ? FLAG.screened : 0) |
    (published ? FLAG.published : 0) |
    (canInvest ? FLAG.canInvest : 0) |
    (demo ? FLAG.demo : 0)
  );
}
