import type { RequestEvent } from '@sveltejs/kit';
import { network } from '#lib/server/platform/rate-limit.ts';

/**
 * The party that asks, for what is counted: the network of its address. Who comes past the proxy whose header names
 * the address (`ADDRESS_HEADER`) has none, and all of those are one party.
 */
export function clientOf(event: Pick<RequestEvent, 'getClientAddress'>): string {
  try {
    return network(event.getClientAddress());
  } catch {
    return 'unnamed';
  }
}
