import type {
  OpportunityStatus,
  OpportunityType,
  OpportunityVisibility,
  RequirementKind,
} from '#lib/domain/opportunity/opportunity.ts';
import type {
  DateText,
  DefaultJson,
  DefaultTimestamp,
  Generated,
  Optional,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface OpportunityTable {
  id: Generated<string>;
  import_source: Generated<string>;
  external_id: Generated<string>;
  number: Generated<string>;
  /** the publishing lead; null for imported ones that name only a publisher */
  organisation_id: Optional<string>;
  publisher: Generated<string>;
  project_id: Optional<string>;
  place: Generated<string>;
  country: string;
  type: OpportunityType;
  title_ko: Generated<string>;
  title_en: Generated<string>;
  summary_ko: Generated<string>;
  summary_en: Generated<string>;
  minerals: Generated<string[]>;
  finance: Generated<string[]>;
  opens: Optional<DateText>;
  deadline: TimestampOrNull;
  /** IANA zone of the place, for showing local time beside KST */
  deadline_zone: Generated<string>;
  visibility: Generated<OpportunityVisibility>;
  status: Generated<OpportunityStatus>;
  returned_note: Generated<string>;
  /** publisher, project and place are shown only to companies that both sides agreed with */
  pseudonymous: Generated<boolean>;
  requires_vetted: Generated<boolean>;
  /** most companies in a team; 1: single companies only */
  team_max: Generated<number>;
  /** the publisher's own estimate */
  estimated_value_usd: Optional<number>;
  /** open to companies of its members only */
  eligible_framework: Optional<string>;
  /** its members on `eligible_on`, written at publication */
  eligible_countries: Optional<string[]>;
  eligible_on: Optional<DateText>;
  saved_steps: DefaultJson<Record<string, string>>;
  created_by: Optional<string>;
  submitted_by: Optional<string>;
  submitted_at: TimestampOrNull;
  published_by: Optional<string>;
  published_at: TimestampOrNull;
  closed_at: TimestampOrNull;
  frozen_at: TimestampOrNull;
  import_hash: Optional<string>;
  demo: Generated<boolean>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface RequirementTable {
  id: Generated<string>;
  opportunity_id: string;
  external_id: Generated<string>;
  position: number;
  must: boolean;
  kind: RequirementKind;
  capability: Optional<string>;
  minerals: Generated<string[]>;
  amount: Optional<number>;
  unit: Optional<string>;
  certifications: Generated<string[]>;
  /** only certificates that officials confirmed count */
  verified_only: Generated<boolean>;
  countries: Generated<string[]>;
  language: Optional<string>;
  min_size: Optional<'sme' | 'midsize' | 'large'>;
  weight: Generated<number>;
}

export interface AddendumTable {
  id: Generated<string>;
  opportunity_id: string;
  text_ko: Generated<string>;
  text_en: Generated<string>;
  deadline_before: TimestampOrNull;
  deadline_after: TimestampOrNull;
  created_by: Optional<string>;
  created_at: DefaultTimestamp;
}

export interface OpportunityInvitationTable {
  opportunity_id: string;
  organisation_id: string;
  reason: string;
  invited_by: Optional<string>;
  created_at: DefaultTimestamp;
  /** when each side agreed to show its name */
  company_reveals_at: TimestampOrNull;
  lead_reveals_at: TimestampOrNull;
  /** when each side, which shows its own name, asked the other for it */
  company_asked_at: TimestampOrNull;
  lead_asked_at: TimestampOrNull;
}

export interface ShortlistTable {
  id: Generated<string>;
  organisation_id: string;
  opportunity_id: Optional<string>;
  name: string;
  created_by: Optional<string>;
  created_at: DefaultTimestamp;
}

export interface ShortlistEntryTable {
  shortlist_id: string;
  company_id: string;
  note: Generated<string>;
  added_by: Optional<string>;
  created_at: DefaultTimestamp;
}

export interface MatchFeedbackTable {
  organisation_id: string;
  opportunity_id: string;
  company_id: string;
  reason: string;
  note: Generated<string>;
  created_by: Optional<string>;
  created_at: DefaultTimestamp;
}

export interface OpportunityTables {
  opportunity: OpportunityTable;
  requirement: RequirementTable;
  addendum: AddendumTable;
  opportunity_invitation: OpportunityInvitationTable;
  shortlist: ShortlistTable;
  shortlist_entry: ShortlistEntryTable;
  match_feedback: MatchFeedbackTable;
}
