import { dropFromTeams, expireTeam } from '#lib/server/engagement/team-change-commands.ts';
import { overdueTeams, unfitMembers } from '#lib/server/engagement/team-repository.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { eachApart } from '#lib/server/platform/each-apart.ts';
import type { Context } from '#lib/server/platform/context.ts';

/**
 * Each minute: teams whose notice is over are ended, their invitations run out; companies that may no longer take
 * part are taken out. Each in its own transaction; repeatable.
 */
export async function sweepTeams(ctx: Context): Promise<void> {
  const overdue = await overdueTeams(ctx.db, ctx.now());
  const unfit = await unfitMembers(ctx.db, koreanDay(ctx.now()));
  await eachApart('team.sweep', [
    ...overdue.map((id) => ({ id, work: () => expireTeam(ctx, id) })),
    ...unfit.map((id) => ({ id, work: () => dropFromTeams(ctx, id) })),
  ]);
}
