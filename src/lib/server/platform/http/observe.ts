import { randomUUID } from 'node:crypto';
import type { Handle } from '@sveltejs/kit';
import { log } from '#lib/server/platform/log.ts';
import { httpDuration } from '#lib/server/platform/metrics.ts';

/** Numbers and times each request. The log holds the route, never the address typed or who asked. */
export const observe: Handle = async ({ event, resolve }) => {
  const started = performance.now();
  event.locals.requestId = randomUUID();
  const response = await resolve(event);
  const seconds = (performance.now() - started) / 1000;
  const route = event.route.id ?? 'unmatched';
  httpDuration.observe({ method: event.request.method, route, status: String(response.status) }, seconds);
  log.info(
    {
      requestId: event.locals.requestId,
      method: event.request.method,
      route,
      status: response.status,
      ms: Math.round(seconds * 1000),
    },
    'request',
  );
  response.headers.set('x-request-id', event.locals.requestId);
  return response;
};
