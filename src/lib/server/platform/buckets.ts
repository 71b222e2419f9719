import type { Limit, Taken } from '#lib/server/platform/rate-limit.ts';

/** Parties held at most; far more than ask within the time in which a bucket fills up. */
const MOST_PARTIES = 20_000;

interface Bucket {
  tokens: number;
  /** Milliseconds. */
  at: number;
}

/**
 * Token buckets of this process, for what is asked too often to write each time into the database
 * (`rate-limit.ts` counts over all processes). Those that asked last are held; a bucket let go is full again.
 */
export class Buckets {
  private readonly limit: Limit;
  private readonly most: number;
  private readonly held = new Map<string, Bucket>();

  constructor(limit: Limit, most = MOST_PARTIES) {
    this.limit = limit;
    this.most = most;
  }

  /** How many parties are held. */
  get size(): number {
    return this.held.size;
  }

  /** Takes tokens from a party's bucket, all or none. */
  take(party: string, now: Date, count = 1): Taken {
    const tokens = this.left(party, now);
    const allowed = tokens >= count;
    this.put(party, { tokens: allowed ? tokens - count : tokens, at: now.getTime() });
    if (allowed) return { allowed, retryAfter: 0 };
    return { allowed, retryAfter: Math.max(1, Math.ceil((count - tokens) * this.limit.secondsPerToken)) };
  }

  /** Gives one token back: what was asked turned out to be fine. */
  giveBack(party: string, now: Date): void {
    const tokens = Math.min(this.limit.capacity, this.left(party, now) + 1);
    this.put(party, { tokens, at: now.getTime() });
  }

  private left(party: string, now: Date): number {
    const bucket = this.held.get(party);
    if (bucket === undefined) return this.limit.capacity;
    const seconds = Math.max(0, now.getTime() - bucket.at) / 1000;
    return Math.min(this.limit.capacity, bucket.tokens + seconds / this.limit.secondsPerToken);
  }

  private put(party: string, bucket: Bucket): void {
    this.held.delete(party);
    this.held.set(party, bucket);
    if (this.held.size <= this.most) return;
    const [oldest] = this.held.keys();
    if (oldest !== undefined) this.held.delete(oldest);
  }
}
