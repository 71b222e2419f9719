import type { Handle } from '@sveltejs/kit';
import { problem } from '#lib/server/platform/http/problem.ts';

/** No text of the database may hold a NUL, and nobody types one into an address. */
export const holdsNul = ({ pathname, search }: URL): boolean => `${pathname}${search}`.includes('%00');

/** Refuses addresses with a NUL in them (400). */
export const refuseNul: Handle = ({ event, resolve }) => {
  if (!holdsNul(event.url)) return resolve(event);
  if (event.url.pathname.startsWith('/api/'))
    return problem(400, 'bad-parameter', 'The address holds a NUL.', { requestId: event.locals.requestId });
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return new Response('Bad Request', { status: 400, headers });
};
