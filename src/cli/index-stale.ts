import type { Kysely } from 'kysely';
import type { CommandIo } from './command.ts';
import type { StaleBatch } from '#lib/server/platform/import/run.ts';
import { removeJob } from '#lib/server/platform/job-queue.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { askSavedSearches, isQuickerAnew, rebuild, reindex } from '#lib/server/search/index-job.ts';
import { bringNowOrLater } from '#lib/server/search/sync-job.ts';

/** Brings the search documents up to date here, so that a search right after finds what was imported. */
export async function indexStale(
  entity: 'company' | 'opportunity' | 'project',
  db: Kysely<Database>,
  stale: StaleBatch[],
  io: CommandIo,
): Promise<void> {
  const total = stale.reduce((sum, { ids }) => sum + ids.length, 0);
  const progress = io.progress('search documents', total);
  try {
    if (await isQuickerAnew(db, entity, total)) {
      await rebuild(db, [entity], (at) => progress.set(at.done, at.total));
      for (const { key, ids } of stale) {
        await askSavedSearches(db, entity, ids);
        await removeJob(db, key);
      }
      return;
    }
    for (const { key, ids } of stale) {
      await reindex(db, entity, ids);
      await askSavedSearches(db, entity, ids);
      await removeJob(db, key);
      progress.advance(ids.length);
    }
    await bringNowOrLater(db);
  } finally {
    progress.end();
  }
}
