import type { Lang } from '#lib/i18n/lang.ts';

/**
 * A message in both languages, beside the code that says it. A missing language is a type error.
 *
 *     const title = msg({ ko: '기회', en: 'Opportunities' });
 *     title(lang)
 *     const found = msg<{ n: number }>({ ko: ({ n }) => `${n}건`, en: ({ n }) => `${n} results` });
 *     found(lang, { n: 3 })
 */
export type Message<P = void> = P extends void ? (lang: Lang) => string : (lang: Lang, params: P) => string;

type Texts<P> = P extends void ? Record<Lang, string> : Record<Lang, (params: P) => string>;

export function msg<P = void>(texts: Texts<P>): Message<P> {
  const render = (lang: Lang, params: P) => {
    const text = (texts as Record<Lang, string | ((params: P) => string)>)[lang];
    return typeof text === 'function' ? text(params) : text;
  };
  return render as Message<P>;
}
