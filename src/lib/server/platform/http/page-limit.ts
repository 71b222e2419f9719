import type { Handle, RequestEvent } from '@sveltejs/kit';
import { stripLang } from '#lib/i18n/address.ts';
import { msg } from '#lib/i18n/msg.ts';
import { Buckets } from '#lib/server/platform/buckets.ts';
import { config } from '#lib/server/platform/config.ts';
import { barePage } from '#lib/server/platform/http/bare-page.ts';
import { clientOf } from '#lib/server/platform/http/client.ts';

/** So many seconds' worth of pages may be asked for at once. */
const BURST_SECONDS = 60;
const SEARCH_COST = 2;
const EXPORT_COST = 10;

const often = msg({ ko: '짧은 시간에 요청이 너무 많았습니다', en: 'Too many requests in a short time' });
const wait = msg<{ n: number }>({
  ko: ({ n }) => `바뀐 것은 없습니다. ${n}초 뒤에 다시 열어 주십시오.`,
  en: ({ n }) => `Nothing was changed. Please open it again in ${n} ${n === 1 ? 'second' : 'seconds'}.`,
});

/** Limits of their own, or nobody's pages. */
const NOT_COUNTED = ['/api/', '/livez', '/readyz', '/metrics'];

/** What a request takes from the bucket of who asks: a search is more work than a page, a file more than both. */
export function costOf(url: URL): number {
  const path = stripLang(url.pathname);
  if (NOT_COUNTED.some((start) => path.startsWith(start))) return 0;
  if (path.includes('/export')) return EXPORT_COST;
  return (url.searchParams.get('q') ?? '') === '' ? 1 : SEARCH_COST;
}

/** This machine: whoever sits at it, or a proxy that was not named in the settings and stands for everybody. */
const isLoopback = (party: string) => party.startsWith('127.') || party === '0:0:0:0::/64';

let memo: Buckets | null | undefined;

function bucketsOf(perSecond: number): Buckets | null {
  if (perSecond === 0) return null;
  return new Buckets({ capacity: perSecond * BURST_SECONDS, secondsPerToken: 1 / perSecond });
}

/** Refuses pages to an address that asks far more often than people do (429), before anything is read for it. */
export const limitPages: Handle = ({ event, resolve }) => {
  memo = memo === undefined ? bucketsOf(config().pageLimit) : memo;
  const retryAfter = memo === null ? 0 : overdrawn(memo, event);
  return retryAfter === 0 ? resolve(event) : tooMany(event, retryAfter);
};

function overdrawn(buckets: Buckets, event: RequestEvent): number {
  const cost = event.isSubRequest ? 0 : costOf(event.url);
  if (cost === 0) return 0;
  const party = clientOf(event);
  return isLoopback(party) ? 0 : buckets.take(party, new Date(), cost).retryAfter;
}

function tooMany(event: RequestEvent, retryAfter: number): Response {
  const { lang } = event.locals;
  return barePage(event, {
    status: 429,
    code: 'too-many-requests',
    title: often(lang),
    text: wait(lang, { n: retryAfter }),
    headers: { 'retry-after': String(retryAfter) },
  });
}
