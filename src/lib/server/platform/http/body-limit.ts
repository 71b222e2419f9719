import type { Handle } from '@sveltejs/kit';
import { msg } from '#lib/i18n/msg.ts';
import { MAX_FILE_BYTES } from '#lib/domain/document/file.ts';

/** What a form without files may weigh: its longest texts many times over. */
const PLAIN = 512 * 1024;
/** One file of the largest size with the form around it. The server itself refuses more (BODY_SIZE_LIMIT). */
const WITH_FILE = MAX_FILE_BYTES + PLAIN;

/** Routes whose forms carry a file; all others take plain forms only. */
export const BODY_LIMITS: Readonly<Record<string, number>> = {
  '/(company)/company/profile/capabilities': WITH_FILE,
  '/(company)/company/profile/evidence': WITH_FILE,
  '/(company)/company/vetting/requests/[id]': WITH_FILE,
  '/(lead)/lead/vetting/requests/[id]': WITH_FILE,
};

const tooLarge = msg({
  ko: '보낸 것이 너무 커서 받지 않았습니다. 파일은 20MB까지입니다. 뒤로 가면 적은 것이 그대로 있습니다.',
  en: 'What you sent is too large and was not taken. Files may have up to 20 MB. Go back: what you typed is still there.',
});

const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The most bytes that a body sent to a route may have. */
export function bodyLimit(routeId: string | null): number {
  return (routeId === null ? undefined : BODY_LIMITS[routeId]) ?? PLAIN;
}

/**
 * Refuses bodies that are larger than the route takes, before anything reads them (413), and bodies that do not say
 * how large they are (411): every browser says so.
 */
export const limitBody: Handle = async ({ event, resolve }) => {
  const { request } = event;
  if (BODILESS.has(request.method) || request.body === null) return resolve(event);
  const length = request.headers.get('content-length');
  if (length === null) return new Response('Length Required', { status: 411 });
  if (!/^\d+$/.test(length) || Number(length) > bodyLimit(event.route.id)) {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return new Response(tooLarge(event.locals.lang), { status: 413, headers });
  }
  return resolve(event);
};
