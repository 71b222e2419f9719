import type { Kysely } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

/** How long changes are kept for indexes in memory to catch up; one that looked longer ago reads everything again. */
export const CHANGES_KEPT_MS = 7 * 86_400_000;

export async function deleteOldChanges(db: Kysely<Database>, now: Date): Promise<void> {
  await db
    .deleteFrom('entity_change')
    .where('at', '<', new Date(now.getTime() - CHANGES_KEPT_MS))
    .execute();
}
