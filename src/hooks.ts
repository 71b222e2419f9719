import type { Reroute } from '@sveltejs/kit';
import { stripLang } from '#lib/i18n/address.ts';

/** `/en/projects` is served by the route of `/projects`; the address keeps its language. */
export const reroute: Reroute = ({ url }) => stripLang(url.pathname);
