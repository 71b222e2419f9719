import type { RequestEvent } from '@sveltejs/kit';
import { msg } from '#lib/i18n/msg.ts';
import { problem } from '#lib/server/platform/http/problem.ts';

const site = msg({ ko: '광맥', en: 'Gwangmaek' });

export interface Refusal {
  status: number;
  /** Stable, for programs. */
  code: string;
  title: string;
  text: string;
  headers?: Record<string, string>;
}

/**
 * Refuses a request before anything is read for it: a page in the language of the address that costs nothing to send,
 * or JSON for who asks for that. Nothing in it was typed by anybody.
 */
export function barePage(event: RequestEvent, refusal: Refusal): Response {
  const { status, code, title, text } = refusal;
  const headers = { 'cache-control': 'no-store', ...refusal.headers };
  if (event.url.pathname.startsWith('/api/'))
    return problem(status, code, text, { requestId: event.locals.requestId, headers });
  if (event.isDataRequest || event.request.headers.get('accept')?.includes('json') === true)
    return Response.json({ message: code }, { status, headers });
  const { lang } = event.locals;
  const page = `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} | ${site(lang)}</title></head>
<body><h1>${title}</h1><p>${text}</p></body>
</html>
`;
  return new Response(page, {
    status,
    headers: {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    },
  });
}
