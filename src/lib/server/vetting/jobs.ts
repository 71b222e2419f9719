import { koreanDay } from '#lib/server/platform/clock.ts';
import { writeContext } from '#lib/server/platform/command.ts';
import { eachApart } from '#lib/server/platform/each-apart.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { showStanding } from '#lib/server/vetting/repository.ts';

/** Days before the end of validity on which an organisation is told, farthest first; 0 is the last day itself. */
const NOTICE_DAYS = [60, 30, 7, 0];
const DAY = 86_400_000;

/**
 * Nightly: an organisation whose validity ended is "registered" again, and those whose validity ends soon are told
 * once for each step. Repeatable: it reads the present state and each notice has one key.
 */
export async function expireVetting(ctx: Context): Promise<void> {
  const today = koreanDay(ctx.now());
  const ended = await ctx.db
    .selectFrom('organisation')
    .select('id')
    .where('standing', '=', 'vetted')
    .where('vetted_until', '<', today)
    .execute();
  await eachApart('vetting.expire', [
    ...ended.map(({ id }) => ({ id, work: () => expireOne(ctx, id, today) })),
    { id: 'notices', work: () => tellOfEnd(ctx, today) },
  ]);
}

async function expireOne(ctx: Context, id: string, today: string): Promise<void> {
  await ctx.db.transaction().execute(async (db) => {
    const tx = writeContext(ctx, db);
    const changed = await db
      .updateTable('organisation')
      .set({ standing: 'registered', updated_at: tx.now })
      .where('id', '=', id)
      .where('standing', '=', 'vetted')
      .where('vetted_until', '<', today)
      .returning(['id', 'supplier', 'vetted_until'])
      .executeTakeFirst();
    if (!changed) return;
    await showStanding(tx, changed);
    await tx.audit({
      action: 'vetting.expire',
      object: { kind: 'organisation', id },
      before: { standing: 'vetted', vettedUntil: changed.vetted_until },
      after: { standing: 'registered' },
    });
  });
}

/** Each organisation is told of the nearest step only: one vetted for five days does not get three notices. */
async function tellOfEnd(ctx: Context, today: string): Promise<void> {
  const limit = new Date(Date.parse(today) + (NOTICE_DAYS[0] ?? 0) * DAY).toISOString().slice(0, 10);
  const ending = await ctx.db
    .selectFrom('organisation')
    .select(['id', 'supplier', 'vetted_until'])
    .where('standing', '=', 'vetted')
    .where('vetted_until', '>=', today)
    .where('vetted_until', '<=', limit)
    .execute();
  const tell = (row: (typeof ending)[number]) => ({ id: row.id, work: () => tellOne(ctx, row, today) });
  await eachApart('vetting.expire', ending.map(tell));
}

async function tellOne(
  ctx: Context,
  { id, supplier, vetted_until }: { id: string; supplier: boolean; vetted_until: string | null },
  today: string,
): Promise<void> {
  const left = (Date.parse(vetted_until ?? today) - Date.parse(today)) / DAY;
  const step = NOTICE_DAYS.filter((days) => left <= days).at(-1);
  await ctx.db.transaction().execute(async (db) => {
    await writeContext(ctx, db).notify({
      kind: 'vetting-expiring',
      key: `vetting-expiring:${id}:${vetted_until}:${step}`,
      to: { organisationId: id, roles: ['owner', 'editor'] },
      data: { validTo: vetted_until ?? '', days: String(left) },
      path: supplier ? '/company/vetting' : '/lead/vetting',
    });
  });
}
