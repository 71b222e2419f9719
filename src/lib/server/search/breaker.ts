/**
 * A circuit breaker as plain data: it decides whether a server is asked at all. No clock and no timer of its own; every
 * step is told the time, in milliseconds of any steady clock.
 *
 * `closed`: asked. `open`: left alone until a probe is due. `half-open`: one probe is under way, queries still go elsewhere.
 */

export interface BreakerRules {
  /** So many failures among the latest outcomes open it. */
  readonly failures: number;
  /** How many of the latest outcomes count. */
  readonly window: number;
  /** Older outcomes no longer count. */
  readonly forgetAfterMs: number;
  /** From opening to the first probe; doubled after each probe that fails, and when it opens again soon after closing. */
  readonly probeAfterMs: number;
  readonly longestWaitMs: number;
}

export const BREAKER_RULES: BreakerRules = {
  failures: 5,
  window: 20,
  forgetAfterMs: 30_000,
  probeAfterMs: 1000,
  longestWaitMs: 30_000,
};

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Breaker {
  readonly state: BreakerState;
  /** The latest outcomes while closed, oldest first. */
  readonly outcomes: readonly { readonly at: number; readonly ok: boolean }[];
  /** Wait before the next probe. */
  readonly waitMs: number;
  /** While open: when the next probe is due. While closed: since when. */
  readonly at: number;
}

/** Open and due at once: a server is asked nothing before a probe has found it in order. */
export function untried(rules: BreakerRules, now: number): Breaker {
  return { state: 'open', outcomes: [], waitMs: rules.probeAfterMs, at: now };
}

/** May a query be sent? */
export const allows = (breaker: Breaker): boolean => breaker.state === 'closed';

export const probeDue = (breaker: Breaker, now: number): boolean =>
  breaker.state === 'open' && now >= breaker.at;

/** The outcome of a query. What arrives after the breaker has opened was asked before and changes nothing. */
export function afterQuery(breaker: Breaker, rules: BreakerRules, ok: boolean, now: number): Breaker {
  if (breaker.state !== 'closed') return breaker;
  const outcomes = [...breaker.outcomes, { at: now, ok }]
    .filter((one) => now - one.at <= rules.forgetAfterMs)
    .slice(-rules.window);
  const failed = outcomes.filter((one) => !one.ok).length;
  return failed >= rules.failures ? opened(breaker, rules, now) : { ...breaker, outcomes };
}

/** A probe sets out. Call only when {@link probeDue}. */
export const probing = (breaker: Breaker): Breaker => ({ ...breaker, state: 'half-open' });

/**
 * The outcome of a look at the server: a probe, or the regular look while closed. A good one closes, a bad one opens
 * whatever the state: it looked at the whole (documents, settings), not at one answer.
 */
export function afterProbe(breaker: Breaker, rules: BreakerRules, ok: boolean, now: number): Breaker {
  if (!ok) return opened(breaker, rules, now);
  return breaker.state === 'closed' ? breaker : { ...breaker, state: 'closed', at: now };
}

/** A server that passes its probe and fails again right after is left alone longer each time. */
function opened(breaker: Breaker, rules: BreakerRules, now: number): Breaker {
  const steady = breaker.state === 'closed' && now - breaker.at > rules.forgetAfterMs;
  const waitMs = steady ? rules.probeAfterMs : Math.min(rules.longestWaitMs, breaker.waitMs * 2);
  return { state: 'open', outcomes: [], waitMs, at: now + waitMs };
}
