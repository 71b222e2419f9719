import { stripLang } from '#lib/i18n/address.ts';
import { viewerOf } from '#lib/server/account/present.ts';
import { config } from '#lib/server/platform/config.ts';
import type { LayoutServerLoad } from './$types';

/** The frame of every page: its language, who is looking, and whether what is shown is made up. */
export const load: LayoutServerLoad = ({ locals, url }) => ({
  lang: locals.lang,
  viewer: viewerOf(locals.session, locals.lang, stripLang(url.pathname)),
  demo: config().demo,
  origin: config().origin,
});
