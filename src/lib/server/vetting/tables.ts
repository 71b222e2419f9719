import type {
  CaseKind,
  CaseStatus,
  Finding,
  Outcome,
  ScreeningOutcome,
} from '#lib/domain/vetting/vetting.ts';
import type {
  DateText,
  DefaultTimestamp,
  Generated,
  Json,
  Optional,
  OptionalJson,
  Timestamp,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface VettingCaseTable {
  id: Generated<string>;
  number: Generated<string>;
  organisation_id: string;
  kind: CaseKind;
  status: Generated<CaseStatus>;
  snapshot: Json<unknown>;
  snapshot_version: number;
  previous_snapshot: OptionalJson<unknown>;
  rules_version: string;
  submitted_by: Optional<string>;
  submitted_at: DefaultTimestamp;
  assigned_to: Optional<string>;
  /** working days allowed */
  allowed_days: Generated<number>;
  paused_since: TimestampOrNull;
  paused_seconds: Generated<number>;
  due_at: Timestamp;
  decided_at: TimestampOrNull;
  updated_at: DefaultTimestamp;
}

export interface VettingItemTable {
  case_id: string;
  item: string;
  rules_version: string;
  finding: Optional<Finding>;
  note: Generated<string>;
  found_by: Optional<string>;
  found_at: TimestampOrNull;
}

export interface InformationRequestTable {
  id: Generated<string>;
  case_id: string;
  item: string;
  question: string;
  asked_by: Optional<string>;
  asked_at: DefaultTimestamp;
  due_at: Timestamp;
  answer: Generated<string>;
  answered_by: Optional<string>;
  answered_at: TimestampOrNull;
  withdrawn_at: TimestampOrNull;
}

export interface VettingDecisionTable {
  id: Generated<string>;
  case_id: string;
  outcome: Outcome;
  reason_code: string;
  reason_ko: Generated<string>;
  reason_en: Generated<string>;
  internal_note: Generated<string>;
  valid_to: Optional<DateText>;
  proposed_by: string;
  proposed_at: DefaultTimestamp;
  confirmed_by: Optional<string>;
  confirmed_at: TimestampOrNull;
  returned_by: Optional<string>;
  returned_at: TimestampOrNull;
  return_note: Generated<string>;
}

export interface VettingEventTable {
  id: Generated<number>;
  case_id: string;
  kind: string;
  by_account: Optional<string>;
  by_side: 'company' | 'ministry' | 'system';
  note: Generated<string>;
  at: DefaultTimestamp;
}

export interface ScreeningTable {
  id: Generated<string>;
  organisation_id: string;
  outcome: ScreeningOutcome;
  list: string;
  reason: string;
  case_id: Optional<string>;
  decided_by: Optional<string>;
  decided_at: DefaultTimestamp;
}

export interface VettingTables {
  vetting_case: VettingCaseTable;
  vetting_item: VettingItemTable;
  information_request: InformationRequestTable;
  information_request_file: { request_id: string; file_id: string };
  vetting_decision: VettingDecisionTable;
  vetting_event: VettingEventTable;
  screening: ScreeningTable;
}
