import type { MatchSide } from '#lib/domain/match/alert.ts';
import type { MatchGroup } from '#lib/domain/match/group.ts';
import type { Frequency } from '#lib/domain/search/saved.ts';
import type {
  DateText,
  DefaultTimestamp,
  Generated,
  Optional,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export type MatchRunState = 'waiting' | 'running' | 'stopped' | 'failed' | 'done';

export interface MatchRunTable {
  id: Generated<string>;
  state: Generated<MatchRunState>;
  model: string;
  /** Transactions before this one are reckoned with; null until it has begun. */
  data_version: Optional<number>;
  day: DateText;
  total: Generated<number>;
  done: Generated<number>;
  last_opportunity: Optional<string>;
  written: Generated<number>;
  unchanged: Generated<number>;
  removed: Generated<number>;
  quiet: Generated<boolean>;
  started_by: Optional<string>;
  error: Optional<string>;
  created_at: DefaultTimestamp;
  started_at: TimestampOrNull;
  beat_at: TimestampOrNull;
  ended_at: TimestampOrNull;
}

export interface MatchListTable {
  opportunity_id: string;
  model: string;
  data_version: number;
  day: DateText;
  considered: number;
  excluded: number;
  entry_units: number;
  reckoned_at: DefaultTimestamp;
}

export interface MatchResultTable {
  opportunity_id: string;
  company_id: string;
  rank: number;
  units: number;
  match_group: MatchGroup;
  /** 64 bits; as text, a number of JavaScript does not hold them. */
  parts_digest: string;
  model: string;
  data_version: number;
}

export interface MatchChangeTable {
  seq: Generated<number>;
  opportunity_id: string;
  company_id: string;
  group_before: MatchGroup | null;
  group_after: MatchGroup | null;
  units: number;
  model: string;
  quiet: boolean;
  at: DefaultTimestamp;
}

export interface MatchMarkTable {
  singleton: Generated<boolean>;
  xmin_at: string;
  model: string;
}

export interface MatchAlertSettingTable {
  account_id: string;
  organisation_id: string;
  side: MatchSide;
  frequency: Generated<Frequency>;
  stop_token: string;
}

export interface MatchAlertTable {
  account_id: string;
  side: MatchSide;
  opportunity_id: string;
  company_id: string;
  /** of the two the one that the person is a member of */
  organisation_id: string;
  found_at: Date;
  told_at: TimestampOrNull;
}

export interface MatchTables {
  match_run: MatchRunTable;
  match_list: MatchListTable;
  match_result: MatchResultTable;
  match_change: MatchChangeTable;
  match_mark: MatchMarkTable;
  match_alert_setting: MatchAlertSettingTable;
  match_alert: MatchAlertTable;
  match_alert_mark: { singleton: Generated<boolean>; seq: number };
}
