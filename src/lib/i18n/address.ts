import { DEFAULT_LANG, type Lang } from '#lib/i18n/lang.ts';

/** The language of an address. Nothing else decides it: no cookie, no header. */
export function langOf(pathname: string): Lang {
  return pathname === '/en' || pathname.startsWith('/en/') ? 'en' : DEFAULT_LANG;
}

/** `/en/projects` → `/projects`; an address without prefix is returned as it is. */
export function stripLang(pathname: string): string {
  if (langOf(pathname) !== 'en') return pathname;
  return pathname.slice(3) || '/';
}

/** The address of `path` (written without prefix, may hold query and anchor) in a language. */
export function href(lang: Lang, path: string): string {
  if (lang !== 'en') return path;
  return path === '/' ? '/en' : `/en${path}`;
}

/** The same page in the other language, its query kept. */
export function switchLang(url: { pathname: string; search: string }, to: Lang): string {
  return href(to, stripLang(url.pathname)) + url.search;
}
