import type { Context } from '#lib/server/platform/context.ts';
import { closeByClock } from '#lib/server/opportunity/commands.ts';
import { pastDeadline } from '#lib/server/opportunity/repository.ts';
import { eachApart } from '#lib/server/platform/each-apart.ts';

/** Closes every published notice past its deadline, each in its own transaction. Runs each minute; repeatable. */
export async function closeDue(ctx: Context): Promise<void> {
  const due = await pastDeadline(ctx.db, ctx.now());
  await eachApart(
    'opportunity.close-due',
    due.map((id) => ({ id, work: () => closeByClock(ctx, { id }) })),
  );
}
