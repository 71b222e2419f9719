import type { ServerInit } from '@sveltejs/kit';
import { log, startLog } from '#lib/server/platform/log.ts';
import { warmMatchIndex } from '#lib/server/match/live-index.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { closeDatabase, database } from '#lib/server/platform/http/runtime.ts';

/** Opens the database and takes what search and matching hold in memory before it is asked for; closes it when requests in flight are answered. */
export const init: ServerInit = () => {
  startLog('web');
  const { fallback, held } = searchParts(database().db);
  fallback?.watch();
  void held.warm();
  warmMatchIndex(database().db).catch((error: unknown) =>
    // The first list of matches builds it then.
    log.warn({ err: error }, 'the matching index could not be built at the start'),
  );
  process.on('sveltekit:shutdown', () => {
    closeDatabase().catch((error: unknown) => log.error({ err: error }, 'closing the database failed'));
  });
};
