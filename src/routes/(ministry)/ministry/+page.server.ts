import { medianDaysToDecide, queueCounts } from '#lib/server/vetting/queries.ts';
import { ministryTodos, newSince, wholeState } from '#lib/server/vetting/home-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { ctx, session } = locals;
  const since = session?.previousVisit ?? null;
  const [todos, counts, whole, median, fresh] = await Promise.all([
    ministryTodos(ctx),
    queueCounts(ctx),
    wholeState(ctx),
    medianDaysToDecide(ctx),
    since ? newSince(ctx, since) : null,
  ]);
  return { todos, counts, whole, median, fresh, since, now: ctx.now() };
};
