import type {
  EvidenceRef,
  InterestEventKind,
  InterestSide,
  InterestStatus,
} from '#lib/domain/engagement/interest.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { DefaultJson, DefaultTimestamp, Generated, Optional } from '#lib/server/platform/columns.ts';

export interface InterestTable {
  id: Generated<string>;
  opportunity_id: string;
  organisation_id: string;
  status: Generated<InterestStatus>;
  message: Generated<string>;
  lang: Lang;
  terms_version: string;
  profile_version: number;
  /** rows of the profile and files that the company chose to show */
  evidence: DefaultJson<EvidenceRef[]>;
  decline_reason: Optional<string>;
  decline_note: Generated<string>;
  sent_by: Optional<string>;
  contact_name: Generated<string>;
  contact_email: Generated<string>;
  /** whoever accepted for the lead */
  lead_contact_name: Generated<string>;
  lead_contact_email: Generated<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface InterestEventTable {
  id: Generated<number>;
  interest_id: string;
  kind: InterestEventKind;
  by_side: InterestSide;
  at: DefaultTimestamp;
  note: Generated<string>;
}

export interface EngagementTables {
  interest: InterestTable;
  interest_event: InterestEventTable;
}
