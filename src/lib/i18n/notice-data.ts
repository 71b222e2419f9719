import { otherLang, type Lang } from '#lib/i18n/lang.ts';

/**
 * What an event carries for the words of its notice, in the app and by mail:
 * - `nameKo`/`nameEn`: the other side, or the organisation it is about;
 * - `titleKo`/`titleEn`: the opportunity;
 * - `reasonKo`/`reasonEn` or `note`: why;
 * - `number`: of the case; `count`: how many; `outcome`: see the kind; `validTo`: a day; `days`: left until then; `person`,
 *   `certificate`: a name.
 * What is missing is left out of the sentence.
 */
export type NoticeData = Readonly<Record<string, string>>;

/** A value in a language, or in the other one when only that is known. */
export function pick(data: NoticeData, base: string, lang: Lang): string {
  const inLang = (of: Lang) => data[base + (of === 'ko' ? 'Ko' : 'En')] ?? '';
  return inLang(lang) || inLang(otherLang(lang));
}

const UNKNOWN = { ko: '상대 조직', en: 'The organisation' };
/** Of the other side, or whom it is about. */
export const name = (data: NoticeData, lang: Lang) => pick(data, 'name', lang) || UNKNOWN[lang];
/** ‘제목’ or “Title”; a general word when the event carries none. */
export function title(data: NoticeData, lang: Lang): string {
  const found = pick(data, 'title', lang);
  if (found === '') return lang === 'ko' ? '공고' : 'the opportunity';
  return lang === 'ko' ? `‘${found}’` : `“${found}”`;
}

export type Build = (data: NoticeData) => string;
