import type { ServerInit } from '@sveltejs/kit';
import { log, startLog } from '#lib/server/platform/log.ts';
import { closeDatabase, database } from '#lib/server/platform/http/runtime.ts';

/** Opens the database before the first request; closes it when requests in flight are answered. */
export const init: ServerInit = () => {
  startLog('web');
  database();
  process.on('sveltekit:shutdown', () => {
    closeDatabase().catch((error: unknown) => log.error({ err: error }, 'closing the database failed'));
  });
};
