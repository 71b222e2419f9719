import type { ColumnType, Generated } from 'kysely';
import type { AppealStatus } from '#lib/domain/match/appeal.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import type { ExposureDimension } from '#lib/domain/match/exposure.ts';
import type { Lang } from '#lib/i18n/lang.ts';

export interface MatchAppealTable {
  id: Generated<string>;
  organisation_id: string;
  opportunity_id: string;
  company_id: string;
  status: Generated<AppealStatus>;
  statement: string;
  lang: Lang;
  model: string;
  /** 0–1 */
  score: ColumnType<number, number, never>;
  reckoning: ColumnType<Explanation | Record<Lang, Explanation>, string, never>;
  /** `YYYY-MM-DD`, Asia/Seoul */
  due: string;
  answer: Generated<string>;
  opened_by: string | null;
  answered_by: string | null;
  opened_at: ColumnType<Date, Date, never>;
  closed_at: Date | null;
}

export interface MatchExposureTable {
  day: string;
  dimension: ExposureDimension;
  value: string;
  model: string;
  companies: number;
  shown: number;
  relevant: number;
}

export interface MatchModelTable {
  id: string;
  body: ColumnType<unknown, string, never>;
  /** The model it was made from. */
  base: string;
  note: string;
  made_by: string | null;
  made_at: ColumnType<Date, Date, never>;
}

export interface MatchModelSwitchTable {
  id: Generated<number>;
  model: string;
  before: string;
  reason: string;
  by: string | null;
  at: ColumnType<Date, Date, never>;
}

export interface MatchTrustTables {
  match_appeal: MatchAppealTable;
  match_exposure: MatchExposureTable;
  match_model: MatchModelTable;
  match_model_switch: MatchModelSwitchTable;
}
