import { isSystem } from '#lib/domain/account/policy.ts';
import { deleteStale } from '#lib/server/account/repository.ts';
import { deleteExpiredSessions } from '#lib/server/auth/session.ts';
import { clearOldNotices } from '#lib/server/notice/commands.ts';
import { deleteOldChanges } from '#lib/server/platform/changes.ts';
import { command } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { deleteIdleBuckets } from '#lib/server/platform/rate-limit.ts';
import { done } from '#lib/server/platform/result.ts';

const DAY_MS = 86_400_000;
/** An account whose address was never confirmed holds nothing and is removed. */
const UNVERIFIED_DAYS = 30;
const LINK_DAYS = 7;
const MAIL_DAYS = 90;
const NOTICE_DAYS = 365;

/** Nightly: removes ended sessions and links, full counters, unconfirmed accounts, old mails and read notices. */
export async function cleanUp(ctx: Context): Promise<void> {
  await deleteExpiredSessions(ctx.db);
  await removeStale(ctx, {});
}

const removeStale = command({
  name: 'account.clean-up',
  policy: isSystem,
  async run(tx, _input: Record<string, never>) {
    const before = (days: number) => new Date(tx.now.getTime() - days * DAY_MS);
    const accounts = await deleteStale(tx.db, before(LINK_DAYS), before(UNVERIFIED_DAYS));
    await deleteIdleBuckets(tx.db, before(1));
    await deleteOldChanges(tx.db, tx.now);
    await clearOldNotices.within(tx, { mailsBefore: before(MAIL_DAYS), noticesBefore: before(NOTICE_DAYS) });
    if (accounts > 0) {
      await tx.audit({
        action: 'account.clean-up',
        object: { kind: 'account', id: 'unverified' },
        after: { removed: accounts },
      });
    }
    return done();
  },
});
