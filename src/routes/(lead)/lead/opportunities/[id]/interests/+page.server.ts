import { inboxOf } from '#lib/server/engagement/queries.ts';
import { ownOpportunity } from '#lib/server/opportunity/lead-queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  const view = await ownOpportunity(ctx, params.id);
  const lines = view === null ? null : await inboxOf(ctx, params.id);
  if (view === null || lines === null) notFound();
  const show = url.searchParams.get('show') === 'waiting' ? 'waiting' : 'all';
  return { view, lines, show, now: ctx.now().toISOString() };
};
