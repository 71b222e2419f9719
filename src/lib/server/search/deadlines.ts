import { sql, type RawBuilder, type SqlBool } from 'kysely';
import {
  DEADLINE_RANGES,
  timesOf,
  type DeadlineFilter,
  type DeadlineRange,
} from '#lib/domain/search/deadline.ts';

/** The filter by deadline as conditions on an index table of PostgreSQL and as a filter of Meilisearch. */

export type DeadlineCounts = Record<DeadlineRange, number>;

export const noDeadlines = (): DeadlineCounts => ({ '7d': 0, '30d': 0, '90d': 0, later: 0, none: 0 });

/** A key under which equal filters share remembered counts; empty when nothing is chosen. */
export function deadlineKey(filter: DeadlineFilter | undefined): string {
  return filter && filter.chosen.length > 0 ? `${filter.chosen.join()}@${filter.now.getTime()}` : '';
}

function within(range: DeadlineRange, now: Date): RawBuilder<SqlBool> {
  const times = timesOf(range, now);
  if (times === null) return sql<SqlBool>`deadline is null`;
  if (times.before === null) return sql<SqlBool>`deadline >= ${times.from}`;
  return sql<SqlBool>`(deadline >= ${times.from} and deadline < ${times.before})`;
}

/** The rows of any chosen range; null when all rows pass. */
export function closesWithin(filter: DeadlineFilter | undefined): RawBuilder<SqlBool> | null {
  if (!filter || filter.chosen.length === 0) return null;
  return sql<SqlBool>`(${sql.join(
    filter.chosen.map((range) => within(range, filter.now)),
    sql` or `,
  )})`;
}

/** How many of some rows lie in each range, as one json column named `deadlines`. */
export function deadlineCountsColumn(now: Date): RawBuilder<unknown> {
  const pairs = DEADLINE_RANGES.map(
    (range) => sql`${sql.lit(range)}, count(*) filter (where ${within(range, now)})::int`,
  );
  return sql`json_build_object(${sql.join(pairs)}) as deadlines`;
}

function meiliWithin(range: DeadlineRange, now: Date): string {
  const times = timesOf(range, now);
  if (times === null) return 'deadline NOT EXISTS';
  const from = `deadline >= ${times.from.getTime()}`;
  return times.before === null ? from : `(${from} AND deadline < ${times.before.getTime()})`;
}

/** The same as a filter of Meilisearch, one range or the chosen ones; null when all documents pass. */
export function meiliDeadline(
  filter: DeadlineFilter | undefined,
  ranges: readonly DeadlineRange[] = filter?.chosen ?? [],
): string | null {
  if (!filter || ranges.length === 0) return null;
  return `(${ranges.map((range) => meiliWithin(range, filter.now)).join(' OR ')})`;
}
