import { dropFromTeams, expireTeam } from '#lib/server/engagement/team-change-commands.ts';
import { overdueTeams, unfitMembers } from '#lib/server/engagement/team-repository.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/**
 * Each minute: teams whose notice is over are ended, their invitations run out; companies that may no longer take
 * part are taken out. Each in its own transaction; repeatable.
 */
export async function sweepTeams(ctx: Context): Promise<void> {
  for (const id of await overdueTeams(ctx.db, ctx.now())) await expireTeam(ctx, id);
  for (const id of await unfitMembers(ctx.db, koreanDay(ctx.now()))) await dropFromTeams(ctx, id);
}
