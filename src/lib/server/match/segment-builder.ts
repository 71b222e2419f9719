import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import type { MatchCompany, MatchExclusions } from '#lib/domain/match/types.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { finishColumns, newColumns, type IndexedCompany } from '#lib/server/match/segment-columns.ts';
import { Segment } from '#lib/server/match/segment.ts';
import { setsOf } from '#lib/server/match/segment-sets.ts';
import { dayNumber, FLAG, headOf, NO_YEAR, NOTHING, STATUSES } from '#lib/server/match/segment-values.ts';

/** Takes companies one by one, in the order of their ids, and makes a segment of them. */
export class SegmentBuilder {
  size = 0;
  readonly columns = newColumns();
  private readonly excludes = new Map<number, MatchExclusions>();
  private readonly words: Dictionaries;

  constructor(words: Dictionaries) {
    this.words = words;
  }

  add({ company, demo }: IndexedCompany): void {
    const { words, columns } = this;
    if (company.excludes !== null) this.excludes.set(this.size, company.excludes);
    this.startRows();
    columns.idBytes.append(Buffer.from(company.id));
    columns.flags.push(
      (company.screened ? FLAG.screened : 0) |
        (company.published ? FLAG.published : 0) |
        (company.canInvest ? FLAG.canInvest : 0) |
        (demo ? FLAG.demo : 0),
    );
    columns.sizes.push(COMPANY_SIZES.indexOf(company.size));
    columns.status.push(STATUSES.indexOf(company.status));
    columns.vettedUntil.push(dayNumber(company.vettedUntil));
    columns.seat.push(words.countries.put(company.country));
    columns.updatedOn.push(words.days.put(company.updatedOn ?? ''));
    columns.languages.push(words.languages.put(company.languages));
    for (const concept of company.concepts) columns.concept.push(words.concepts.put(concept));
    this.addCapabilities(company);
    this.addEvidence(company);
    this.size += 1;
  }

  build(): Segment {
    this.startRows();
    const columns = finishColumns(this.columns);
    const sets = setsOf(columns, this.size, this.words);
    return new Segment({ size: this.size, columns, sets, excludes: this.excludes }, this.words);
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

  private minerals(names: readonly string[]): number {
    for (const mineral of names) this.words.minerals.put(mineral);
    return this.words.mineralSets.put(names);
  }

  private addCapabilities(company: MatchCompany): void {
    const { words, columns } = this;
    for (const row of company.capabilities) {
      columns.rowId.push(words.rows.put(row.id));
      columns.rowHead.push(
        headOf(
          words.leaves.put(row.capability),
          EVIDENCE_LEVELS.indexOf(row.evidence),
          this.minerals(row.minerals),
        ),
      );
      const stated = row.amount !== null && row.unit !== null;
      columns.rowAmount.push(stated ? (row.amount ?? 0) : 0);
      columns.rowUnit.push(stated ? words.units.put(row.unit ?? '') : NOTHING);
      columns.rowYear.push(row.year ?? NO_YEAR);
    }
  }

  private addEvidence(company: MatchCompany): void {
    const { words, columns } = this;
    for (const row of company.certifications) {
      columns.certificate.push(words.certificates.put(row.id));
      columns.certificateUntil.push(dayNumber(row.validTo));
      columns.certificateVerified.push(row.verified ? 1 : 0);
    }
    for (const row of company.references) {
      columns.referenceId.push(words.rows.put(row.id));
      columns.referenceCountry.push(row.country === null ? NOTHING : words.countries.put(row.country));
      columns.referenceMinerals.push(this.minerals(row.minerals));
      columns.referenceLeaf.push(row.capability === null ? NOTHING : words.leaves.put(row.capability));
      columns.referenceYear.push(row.year ?? NO_YEAR);
      columns.referenceConfirmed.push(row.confirmed ? 1 : 0);
    }
    for (const row of company.countries) {
      columns.country.push(words.countries.put(row.country));
      columns.countryKind.push(COUNTRY_EXPERIENCE_KINDS.indexOf(row.kind));
    }
  }
}
