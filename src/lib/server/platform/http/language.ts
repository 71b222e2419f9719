import type { Handle } from '@sveltejs/kit';
import { langOf } from '#lib/i18n/address.ts';

/** The address decides the language of the page, and of the document around it. */
export const language: Handle = ({ event, resolve }) => {
  event.locals.lang = langOf(event.url.pathname);
  return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', event.locals.lang) });
};
