import type { Handle } from '@sveltejs/kit';
import { msg } from '#lib/i18n/msg.ts';
import { MAX_FILE_BYTES } from '#lib/domain/document/file.ts';
import { barePage } from '#lib/server/platform/http/bare-page.ts';

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

const words = {
  title: msg({ ko: '보낸 것이 너무 큽니다', en: 'What you sent is too large' }),
  file: msg({
    ko: '그래서 받지 않았습니다. 파일은 20MB까지입니다. 뒤로 가면 적은 것이 그대로 있습니다.',
    en: 'It was not taken. Files may have up to 20 MB. Go back: what you typed is still there.',
  }),
  text: msg({
    ko: '그래서 받지 않았습니다. 이 양식은 글만 받습니다. 뒤로 가서 줄인 뒤 다시 보내십시오. 적은 것은 그대로 있습니다.',
    en: 'It was not taken. This form takes texts only. Go back and shorten them: what you typed is still there.',
  }),
};

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
    const { lang } = event.locals;
    const text = bodyLimit(event.route.id) > PLAIN ? words.file(lang) : words.text(lang);
    return barePage(event, { status: 413, code: 'too-large', title: words.title(lang), text });
  }
  return resolve(event);
};

/**
 * Takes in what was sent with a request that is answered without it, and forgets it: a browser still sending would see
 * its connection break instead of the answer. The server itself ends bodies that are larger still.
 */
export const drainBody: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const { body, bodyUsed } = event.request;
  if (body === null || bodyUsed || body.locked) return response;
  try {
    for await (const chunk of body) void chunk;
  } catch {
    // Broken off by the sender, or larger than the server takes: nobody waits for the rest.
  }
  return response;
};
