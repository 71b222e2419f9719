import type { ColumnType, Generated } from 'kysely';

/** timestamptz: read as Date; on insert and update a Date or ISO text. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;
export type TimestampOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** timestamptz with a default. */
export type DefaultTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;
/** date: read and written as `YYYY-MM-DD`. */
export type DateText = string;
/** A column with a default and null allowed. */
export type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** jsonb: read as a value; written as JSON text (`JSON.stringify`). */
export type Json<T> = ColumnType<T, string, string>;
export type DefaultJson<T> = ColumnType<T, string | undefined, string>;
export type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
export type { Generated };

/** Where a fact that came from outside was read. */
export interface SourcedColumns {
  source: string;
  confidence: Confidence;
  as_of: DateText;
}
export type Confidence = 'verified' | 'recalled';
