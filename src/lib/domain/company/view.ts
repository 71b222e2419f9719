import type { Standing } from '#lib/domain/account/account.ts';
import type { CompanySize, CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';
import type { MineralTag, Named, Names, Quantity } from '#lib/domain/opportunity/view.ts';

/** What pages show of companies: plain values, both languages, instants as ISO text. */

/** The lines of a list. */
export interface CompanyCard {
  id: string;
  /**
   * The company keeps its name back from this reader: `name` is empty, places are wide, days are left out, and vetting
   * that ran out counts as none.
   */
  masked: boolean;
  name: Names;
  size: CompanySize | null;
  province: string;
  standing: Standing;
  vettedUntil: string | null;
  minerals: MineralTag[];
  capabilities: Named[];
  /** Names of certificates that are valid today, and their ids in the same order. */
  certificates: string[];
  certificateIds: string[];
  /** Empty while masked; then see `regions`. */
  countries: Named[];
  /** Parts of the world of its experience, by their English names; filled while masked only. */
  regions: string[];
  demo: boolean;
}

export interface FileLink {
  id: string;
  name: string;
}

export interface CapabilityLine {
  id: string;
  capability: Named;
  stage: Named;
  minerals: MineralTag[];
  /** Null when none was given, or when this reader may not see it: one supplier's volume is not shown to another. */
  quantity: Quantity | null;
  year: number | null;
  evidence: EvidenceLevel;
  note: Names;
  file: FileLink | null;
}

export interface CertificateLine {
  id: string;
  certification: { id: string; name: string; issuer: string };
  number: string;
  scope: string;
  validTo: string | null;
  /** While masked, in place of the day: whether it is valid today. */
  valid?: boolean;
  verified: boolean;
  file: FileLink | null;
}

export interface ReferenceLine {
  id: string;
  title: string;
  client: string;
  country: Named | null;
  minerals: MineralTag[];
  capability: Named | null;
  year: number | null;
  confirmed: boolean;
  file: FileLink | null;
}

export interface CountryLine {
  id: string;
  country: Named;
  kind: CountryExperienceKind;
  since: number | null;
}

/** A whole profile as one reader sees it. */
export interface CompanyView {
  id: string;
  masked: boolean;
  name: Names;
  formerNames: string[];
  size: CompanySize | null;
  founded: number | null;
  province: string;
  employees: number | null;
  website: string;
  summary: Names;
  ksic: Named[];
  languages: string[];
  canInvest: boolean;
  standing: Standing;
  vettedUntil: string | null;
  /** Version and day of what is shown; 0 and null before the first publication. */
  version: number;
  changedAt: string | null;
  /** Only for the company itself and officials: it says something else than what was vetted. */
  changedSinceVetting: boolean;
  /** Only for the company itself, officials and vetted project leads. */
  numbers: { brn: string | null; crn: string | null; lei: string | null; representative: string } | null;
  /** May this reader see capacities? */
  seesCapacity: boolean;
  own: boolean;
  capabilities: CapabilityLine[];
  certificates: CertificateLine[];
  references: ReferenceLine[];
  /** Empty while masked; then see `regions`. */
  countries: CountryLine[];
  /** Parts of the world of its experience, by their English names; filled while masked only. */
  regions: { name: string; kind: CountryExperienceKind }[];
  demo: boolean;
}
