/** The languages of the interface. Korean has no prefix in addresses, English has `/en`. */
export const LANGS = ['ko', 'en'] as const;
export type Lang = (typeof LANGS)[number];
export const DEFAULT_LANG: Lang = 'ko';

export function otherLang(lang: Lang): Lang {
  return lang === 'ko' ? 'en' : 'ko';
}
