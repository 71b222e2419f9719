import type { NoticeEvent } from '#lib/domain/notice/notice.ts';
import { deliverNotice, sendOneMail } from '#lib/server/notice/commands.ts';
import { noteMailFailure } from '#lib/server/notice/repository.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { mailLeaves } from '#lib/server/platform/mail.ts';

/** Tells everyone an event concerns, in the app and by mail. Repeating it tells nobody twice. */
export async function deliver(ctx: Context, event: NoticeEvent): Promise<void> {
  const outcome = await deliverNotice(ctx, event);
  if (!outcome.ok) throw new Error(`notice.deliver was refused: ${outcome.code}`);
}

/** Sends a mail that was not sent yet. Without a mail server it stays in the outbox. Throws to be tried again. */
export async function sendMail(ctx: Context, { id }: { id: string }): Promise<void> {
  if (!mailLeaves()) return;
  try {
    const outcome = await sendOneMail(ctx, { id });
    if (!outcome.ok) throw new Error(`mail.send was refused: ${outcome.code}`);
  } catch (error) {
    // The transaction of the attempt is gone with its error; the count of attempts is kept on its own.
    await noteMailFailure(ctx.db, id, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
