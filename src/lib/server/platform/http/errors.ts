import type { HandleServerError } from '@sveltejs/kit';
import { log } from '#lib/server/platform/log.ts';

/** The unexpected: logged whole, answered with a reference only. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
  const reference = event.locals.requestId ?? 'none';
  if (status >= 500)
    log.error({ err: error, requestId: reference, route: event.route.id }, 'unexpected error');
  return { message: status >= 500 ? 'unexpected' : message, reference };
};
