import { sql, type Kysely } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

/** A bucket that holds `capacity` tokens and gets one back every `secondsPerToken`. */
export interface Limit {
  capacity: number;
  secondsPerToken: number;
}

export interface Taken {
  allowed: boolean;
  /** Whole seconds until the next token; 0 when one was there. */
  retryAfter: number;
}

/**
 * Takes one token from a bucket, in one statement, so that all processes together never give out more than the
 * limit. Call it outside the transaction of what it guards: a refusal there must not give the token back.
 */
export async function takeToken(
  db: Kysely<Database>,
  bucket: string,
  limit: Limit,
  now: Date,
): Promise<Taken> {
  const { capacity, secondsPerToken } = limit;
  const refilled = sql`least(${capacity}::float8, rate_limit.tokens
    + greatest(0, extract(epoch from (${now}::timestamptz - rate_limit.refilled_at))) / ${secondsPerToken}::float8)`;
  const taken = await sql<{ tokens: number }>`
    insert into rate_limit (bucket, tokens, refilled_at) values (${bucket}, ${capacity - 1}, ${now})
    on conflict (bucket) do update set tokens = ${refilled} - 1,
      refilled_at = greatest(rate_limit.refilled_at, ${now}::timestamptz)
    where ${refilled} >= 1
    returning tokens`.execute(db);
  if (taken.rows.length > 0) return { allowed: true, retryAfter: 0 };
  const left = await sql<{ tokens: number }>`
    select ${refilled} as tokens from rate_limit where bucket = ${bucket}`.execute(db);
  const missing = 1 - (left.rows[0]?.tokens ?? 0);
  return { allowed: false, retryAfter: Math.max(1, Math.ceil(missing * secondsPerToken)) };
}

/** Gives one token back: the attempt turned out to be a good one. */
export async function giveBack(db: Kysely<Database>, bucket: string, limit: Limit): Promise<void> {
  await sql`update rate_limit set tokens = least(${limit.capacity}::float8, tokens + 1) where bucket = ${bucket}`.execute(
    db,
  );
}

/** Fills a bucket up: what it counted no longer matters. */
export async function forget(db: Kysely<Database>, bucket: string): Promise<void> {
  await db.deleteFrom('rate_limit').where('bucket', '=', bucket).execute();
}

/** Removes buckets not touched since, which are full again by then. */
export async function deleteIdleBuckets(db: Kysely<Database>, before: Date): Promise<void> {
  await db.deleteFrom('rate_limit').where('refilled_at', '<', before).execute();
}

/** The part of a network address that one party holds: all of IPv4, the first 64 bits of IPv6. */
export function network(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (v4) return v4;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled =
    tail === undefined ? groups : [...groups, ...Array(8 - groups.length - last.length).fill('0'), ...last];
  return `${filled.slice(0, 4).join(':')}::/64`;
}
