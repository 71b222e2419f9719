import type { RequestEvent } from '@sveltejs/kit';
import { isRobot } from '#lib/domain/search/asked.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { searchOfAddress } from '#lib/domain/search/saved.ts';
import { browserOf } from '#lib/server/auth/cookie.ts';
import { log } from '#lib/server/platform/log.ts';
import { noteSearch } from '#lib/server/search/asked-commands.ts';

/** Only the first page of a list in its usual order is a search; what follows is reading on. */
const READING_ON = ['page', 'sort', 'view'];

/** Notes a search of a list for the person and the counts. Nobody waits for it, and its failure is nobody's error. */
export function noteSearchOf(event: RequestEvent, kind: IndexKind, total: number): void {
  const { locals, url } = event;
  if (READING_ON.some((name) => (url.searchParams.get(name) ?? '') !== '')) return;
  const { agent, address } = browserOf(event);
  const asker = isRobot(agent) ? null : `${address}\n${agent}`;
  const asked = searchOfAddress(kind, url.searchParams);
  noteSearch(locals.ctx, { ...asked, total, asker }).catch((err: unknown) => {
    log.warn({ err }, 'a search could not be noted');
  });
}
