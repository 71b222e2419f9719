import type { CompanySize, CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';
import type { OpportunityType, OpportunityVisibility } from '#lib/domain/opportunity/opportunity.ts';

/** What matching reads of a company. Close to FORMATS, typed, nothing that is not scored or gated. */
export interface MatchCompany {
  id: string;
  size: CompanySize;
  /** ISO alpha-2 of the seat. */
  country: string;
  status: 'registered' | 'vetted' | 'refused' | 'suspended';
  /** Last day of valid vetting, `YYYY-MM-DD`; null: no end known. */
  vettedUntil: string | null;
  /** A screening hit that officials confirmed. */
  screened: boolean;
  published: boolean;
  capabilities: readonly MatchCapability[];
  certifications: readonly MatchCertification[];
  references: readonly MatchReferenceRow[];
  countries: readonly MatchCountry[];
  languages: readonly string[];
  canInvest: boolean;
  /** Day of the last change of the profile, `YYYY-MM-DD`; null when not kept. */
  updatedOn: string | null;
  /** Ids of the terms found in the company's summaries (`concepts.ts`). */
  concepts: readonly string[];
  /** What the company itself does not want; null: nothing excluded. */
  excludes: MatchExclusions | null;
}

export interface MatchCapability {
  id: string;
  capability: string;
  minerals: readonly string[];
  amount: number | null;
  unit: string | null;
  year: number | null;
  evidence: EvidenceLevel;
}

export interface MatchCertification {
  /** Id of the kind of certificate, `iso-14001`. */
  id: string;
  validTo: string | null;
  verified: boolean;
}

export interface MatchReferenceRow {
  id: string;
  country: string | null;
  minerals: readonly string[];
  capability: string | null;
  year: number | null;
  confirmed: boolean;
}

export interface MatchCountry {
  country: string;
  kind: CountryExperienceKind;
}

export interface MatchExclusions {
  countries: readonly string[];
  types: readonly OpportunityType[];
  minValueUsd: number | null;
}

/** What matching reads of an opportunity. */
export interface MatchOpportunity {
  id: string;
  /** The organisation that publishes it; never matched with itself. */
  publisherId: string | null;
  open: boolean;
  country: string | null;
  type: OpportunityType;
  minerals: readonly string[];
  requirements: readonly MatchRequirement[];
  /** Day of the deadline at the place, `YYYY-MM-DD`; null: none set. */
  deadlineDay: string | null;
  visibility: OpportunityVisibility;
  /** Only vetted companies may take part, whoever may read it. */
  requiresVetted: boolean;
  /** Ids of invited companies. */
  invited: readonly string[];
  /** Countries of companies that may take part; null: any. */
  eligibleCountries: readonly string[] | null;
  /** The framework whose members those countries are, and the day on which they are or were; null: none. */
  eligibleUnder?: { framework: string; day: string } | null;
  valueUsd: number | null;
  concepts: readonly string[];
  /** Capabilities its words name, where no line asks for one. */
  work: readonly string[];
}

interface Line {
  id: string;
  must: boolean;
  /** Set by the publisher, frozen at publication; 1 unless said. */
  weight: number;
}
export interface CapabilityRequirement extends Line {
  kind: 'capability';
  capability: string;
  minerals: readonly string[];
  amount: number | null;
  unit: string | null;
}
export interface CertificateRequirement extends Line {
  kind: 'certifications_any';
  certifications: readonly string[];
  /** Only certificates that officials have checked count. */
  verifiedOnly: boolean;
}
export interface CountryRequirement extends Line {
  kind: 'country_experience';
  countries: readonly string[];
}
export interface LanguageRequirement extends Line {
  kind: 'language';
  language: string;
}
export interface SizeRequirement extends Line {
  kind: 'min_size';
  minSize: 'sme' | 'midsize' | 'large';
}
export interface InvestmentRequirement extends Line {
  kind: 'can_invest';
}
export type MatchRequirement =
  | CapabilityRequirement
  | CertificateRequirement
  | CountryRequirement
  | LanguageRequirement
  | SizeRequirement
  | InvestmentRequirement;

/** The row a part or a gate rests on. Removing it takes away exactly the part's points. */
export interface SourceRow {
  kind:
    | 'capability'
    | 'certification'
    | 'reference'
    | 'country_experience'
    | 'language'
    | 'finance'
    | 'profile'
    /** Several rows, each enough by itself, ids joined by `|`: the points go only when all of them go. */
    | 'alternatives';
  id: string;
}
