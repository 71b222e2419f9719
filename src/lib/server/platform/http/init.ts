import type { ServerInit } from '@sveltejs/kit';
import { config } from '#lib/server/platform/config.ts';
import { log, startLog } from '#lib/server/platform/log.ts';
import { warmMatchIndex } from '#lib/server/match/live-index.ts';
import { closeDatabase, database } from '#lib/server/platform/http/runtime.ts';

/** Opens the database and builds the matching index before they are asked for; closes it when requests in flight are answered. */
export const init: ServerInit = () => {
  startLog('web');
  if (config().meili !== null) log.warn('MEILI_URL is set, but this version searches in PostgreSQL only');
  warmMatchIndex(database().db).catch((error: unknown) =>
    // The first list of matches builds it then.
    log.warn({ err: error }, 'the matching index could not be built at the start'),
  );
  process.on('sveltekit:shutdown', () => {
    closeDatabase().catch((error: unknown) => log.error({ err: error }, 'closing the database failed'));
  });
};
