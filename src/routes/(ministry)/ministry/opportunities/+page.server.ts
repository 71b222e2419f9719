import { publicationQueue } from '#lib/server/opportunity/lead-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  queue: await publicationQueue(locals.ctx),
  now: locals.ctx.now().toISOString(),
  done: url.searchParams.get('done'),
});
