import type { Context } from '#lib/server/platform/context.ts';
import { forget, giveBack, network, takeToken, type Limit } from '#lib/server/platform/rate-limit.ts';
import type { Refused } from '#lib/server/platform/result.ts';
import { hashToken } from '#lib/server/platform/tokens.ts';

/** How often each thing may be tried: so many at once, then one every so many seconds. */
const LIMITS = {
  'sign-in-account': { capacity: 10, secondsPerToken: 90 },
  'sign-in-address': { capacity: 100, secondsPerToken: 9 },
  'sign-up-address': { capacity: 60, secondsPerToken: 60 },
  'mail-account': { capacity: 5, secondsPerToken: 720 },
  'mail-address': { capacity: 60, secondsPerToken: 60 },
  'link-address': { capacity: 100, secondsPerToken: 9 },
  invite: { capacity: 50, secondsPerToken: 72 },
  organisation: { capacity: 20, secondsPerToken: 180 },
} satisfies Record<string, Limit>;
export type Limited = keyof typeof LIMITS;

export interface TooMany extends Refused<'too-many'> {
  /** Seconds until it may be tried again. */
  retryAfter: number;
}

/** One thing to count: what, and whose (a mail address, an account's id or a network address). */
export type Attempt = readonly [Limited, string];

/** Buckets name nobody: the key is hashed. */
function bucketOf([limited, key]: Attempt): string {
  return `${limited}:${hashToken(limited.endsWith('-address') ? network(key) : key).slice(0, 32)}`;
}

/**
 * Counts the attempts; the refusal when one of them was one too many. All are counted even then, and whether the
 * account exists makes no difference.
 */
export async function countAttempts(ctx: Context, ...attempts: Attempt[]): Promise<TooMany | null> {
  let retryAfter = 0;
  for (const attempt of attempts) {
    const taken = await takeToken(ctx.db, bucketOf(attempt), LIMITS[attempt[0]], ctx.now());
    retryAfter = Math.max(retryAfter, taken.retryAfter);
  }
  return retryAfter > 0 ? { ok: false, code: 'too-many', retryAfter } : null;
}

/** The attempt was a good one and is not counted. */
export async function uncountAttempt(ctx: Context, attempt: Attempt): Promise<void> {
  await giveBack(ctx.db, bucketOf(attempt), LIMITS[attempt[0]]);
}

/** The person proved who they are: earlier failures no longer count. */
export async function forgetAttempts(ctx: Pick<Context, 'db'>, attempt: Attempt): Promise<void> {
  await forget(ctx.db, bucketOf(attempt));
}

/** Answers that must not tell by their time whether an account exists take at least this long. */
const SAME_TIME_MS = 250;

export async function inSameTime<T>(work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.all([work(), new Promise((done) => setTimeout(done, SAME_TIME_MS))]);
  return result;
}

/** When a refused attempt may be made again; null when it was refused for another reason. */
export function againAt(refusal: Refused, now: Date): Date | null {
  if (!('retryAfter' in refusal) || typeof refusal.retryAfter !== 'number') return null;
  return new Date(now.getTime() + refusal.retryAfter * 1000);
}
