import type { CompanySize, CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';
import type { OpportunityType } from '#lib/domain/opportunity/opportunity.ts';
import type {
  DateText,
  DefaultJson,
  DefaultTimestamp,
  Generated,
  Json,
  Optional,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface CompanyTable {
  organisation_id: string;
  size: Optional<CompanySize>;
  founded: Optional<number>;
  incorporated_on: Optional<DateText>;
  province: Generated<string>;
  employees: Optional<number>;
  website: Generated<string>;
  representative: Generated<string>;
  summary_ko: Generated<string>;
  summary_en: Generated<string>;
  languages: Generated<string[]>;
  ksic: Generated<string[]>;
  ksic_revision: Generated<number>;
  own_equity_usd: Optional<number>;
  can_invest: Generated<boolean>;
  published_at: TimestampOrNull;
  version: Generated<number>;
  pseudonymous: Generated<boolean>;
  updated_at: DefaultTimestamp;
  /** own exclusions, known to the company and officials only */
  excluded_countries: Generated<string[]>;
  excluded_types: Generated<OpportunityType[]>;
  minimum_value_usd: Optional<number>;
  import_hash: Optional<string>;
  /** step → ISO time of its last save */
  saved_steps: DefaultJson<Record<string, string>>;
}

export interface FileTable {
  id: Generated<string>;
  organisation_id: string;
  name: string;
  media_type: string;
  size: number;
  sha256: string;
  storage_key: string;
  uploaded_by: Optional<string>;
  created_at: DefaultTimestamp;
}

export interface CompanyCapabilityTable {
  id: Generated<string>;
  organisation_id: string;
  external_id: Generated<string>;
  capability: string;
  minerals: Generated<string[]>;
  amount: Optional<number>;
  unit: Optional<string>;
  year: Optional<number>;
  evidence: Generated<EvidenceLevel>;
  note_ko: Generated<string>;
  note_en: Generated<string>;
  file_id: Optional<string>;
  updated_at: DefaultTimestamp;
}

export interface CompanyCertificationTable {
  id: Generated<string>;
  organisation_id: string;
  certification: string;
  number: Generated<string>;
  scope: Generated<string>;
  valid_to: Optional<DateText>;
  verified: Generated<boolean>;
  file_id: Optional<string>;
  updated_at: DefaultTimestamp;
}

export interface CompanyReferenceTable {
  id: Generated<string>;
  organisation_id: string;
  external_id: Generated<string>;
  title: string;
  client: Generated<string>;
  country: Optional<string>;
  minerals: Generated<string[]>;
  capability: Optional<string>;
  year: Optional<number>;
  confirmed: Generated<boolean>;
  file_id: Optional<string>;
  updated_at: DefaultTimestamp;
}

export interface CompanyCountryTable {
  id: Generated<string>;
  organisation_id: string;
  country: string;
  kind: CountryExperienceKind;
  since: Optional<number>;
}

export interface CompanyVersionTable {
  organisation_id: string;
  version: number;
  snapshot: Json<unknown>;
  changed_by: Optional<string>;
  created_at: DefaultTimestamp;
}

export interface CompanyTables {
  company: CompanyTable;
  file: FileTable;
  company_capability: CompanyCapabilityTable;
  company_certification: CompanyCertificationTable;
  company_reference: CompanyReferenceTable;
  company_country: CompanyCountryTable;
  company_version: CompanyVersionTable;
}
