import { QUEUE_PAGE, QUEUE_VIEWS, queue, queueCounts, type QueueView } from '#lib/server/vetting/queries.ts';
import type { PageServerLoad } from './$types';

/** The queue of cases; which part of it, and which page, stand in the address. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = url.searchParams.get('view');
  const view: QueueView = QUEUE_VIEWS.find((known) => known === asked) ?? 'open';
  const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page')) || 1));
  const [found, counts] = await Promise.all([queue(locals.ctx, view, page), queueCounts(locals.ctx)]);
  return { view, page, perPage: QUEUE_PAGE, counts, ...found, now: locals.ctx.now() };
};
