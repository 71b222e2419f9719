import type { AmendmentDecision, AmendmentSubject } from '#lib/domain/amendment/amendment.ts';
import type {
  Generated,
  Optional,
  OptionalJson,
  Timestamp,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface AmendmentTable {
  id: Generated<number>;
  subject: AmendmentSubject;
  before: OptionalJson<unknown>;
  after: OptionalJson<unknown>;
  source: string;
  note: string;
  undoes: Optional<number>;
  proposed_by: string;
  proposed_at: Timestamp;
  decision: Optional<AmendmentDecision>;
  decided_by: Optional<string>;
  decided_at: TimestampOrNull;
  return_note: Generated<string>;
  effect: Optional<number>;
}

export interface AmendmentReadingTable {
  amendment_id: number;
  total: number;
  done: Generated<number>;
  changed: Generated<number>;
  started_at: Timestamp;
  finished_at: TimestampOrNull;
}

export interface AmendmentTables {
  amendment: AmendmentTable;
  amendment_reading: AmendmentReadingTable;
}
