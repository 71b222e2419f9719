import type { CompanySize, CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';
import type { OpportunityType } from '#lib/domain/opportunity/opportunity.ts';

/**
 * A company's whole profile at one moment, as plain JSON: what a version keeps, what a vetting case freezes, what two
 * versions are compared by. Lists stand in a fixed order, so equal profiles are equal texts. Dates are `YYYY-MM-DD`.
 */
export interface CompanySnapshot {
  /** Version of this shape. */
  format: 1;
  identity: SnapshotIdentity;
  capabilities: SnapshotCapability[];
  certifications: SnapshotCertification[];
  references: SnapshotReference[];
  countries: SnapshotCountry[];
  reach: SnapshotReach;
}

export interface SnapshotIdentity {
  nameKo: string;
  nameEn: string;
  formerNames: string[];
  brn: string | null;
  crn: string | null;
  lei: string | null;
  country: string;
  size: CompanySize | null;
  incorporatedOn: string | null;
  founded: number | null;
  province: string;
  employees: number | null;
  representative: string;
  website: string;
  ksic: string[];
  ksicRevision: number;
  summaryKo: string;
  summaryEn: string;
}

/** A file by name and content, so that a replaced file is a change. */
export interface SnapshotFile {
  id: string;
  name: string;
  sha256: string;
}

export interface SnapshotCapability {
  id: string;
  capability: string;
  minerals: string[];
  amount: number | null;
  unit: string | null;
  year: number | null;
  evidence: EvidenceLevel;
  noteKo: string;
  noteEn: string;
  file: SnapshotFile | null;
}

export interface SnapshotCertification {
  id: string;
  certification: string;
  number: string;
  scope: string;
  validTo: string | null;
  file: SnapshotFile | null;
}

export interface SnapshotReference {
  id: string;
  title: string;
  client: string;
  country: string | null;
  minerals: string[];
  capability: string | null;
  year: number | null;
  file: SnapshotFile | null;
}

export interface SnapshotCountry {
  id: string;
  country: string;
  kind: CountryExperienceKind;
  since: number | null;
}

export interface SnapshotReach {
  languages: string[];
  canInvest: boolean;
  ownEquityUsd: number | null;
  pseudonymous: boolean;
  /** What the company does not want: known to itself and to officials only. */
  excludedCountries: string[];
  excludedTypes: OpportunityType[];
  minimumValueUsd: number | null;
}
