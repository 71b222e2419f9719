import type { Context } from '#lib/server/platform/context.ts';
import { closeByClock } from '#lib/server/opportunity/commands.ts';
import { pastDeadline } from '#lib/server/opportunity/repository.ts';

/** Closes every published notice past its deadline, each in its own transaction. Runs each minute; repeatable. */
export async function closeDue(ctx: Context): Promise<void> {
  for (const id of await pastDeadline(ctx.db, ctx.now())) await closeByClock(ctx, { id });
}
