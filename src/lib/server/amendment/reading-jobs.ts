import type { Context } from '#lib/server/platform/context.ts';

/** How far the job has come that reads the documents of a changed term again. For the page only. */

/** So many documents may hold the term. A repeated job counts anew. */
export async function readingFound(ctx: Context, amendmentId: number, total: number): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto('amendment_reading')
    .values({ amendment_id: amendmentId, total, started_at: now })
    .onConflict((oc) =>
      oc
        .column('amendment_id')
        .doUpdateSet({ total, done: 0, changed: 0, started_at: now, finished_at: null }),
    )
    .execute();
}

/** So many more were looked at, and so many of them written anew. */
export async function readingDone(
  ctx: Context,
  amendmentId: number,
  step: { looked: number; changed: number; finished?: boolean },
): Promise<void> {
  await ctx.db
    .updateTable('amendment_reading')
    .set((eb) => ({
      done: eb('done', '+', step.looked),
      changed: eb('changed', '+', step.changed),
      finished_at: step.finished === true ? ctx.now() : null,
    }))
    .where('amendment_id', '=', amendmentId)
    .execute();
}
