import type { Wider } from '#lib/domain/search/widen.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import type { Address } from './query.ts';

/** A wider search as a link: what stays, and what was left out. */
export interface WiderLink {
  href: string;
  label: string;
  count: number;
}

/** A filter in force, in words. */
export interface Active {
  facet: string;
  label: string;
}

const words = {
  quoted: msg<{ q: string }>({ ko: ({ q }) => `‘${q}’`, en: ({ q }) => `“${q}”` }),
  without: msg<{ word: string }>({
    ko: ({ word }) => `‘${word}’ 없이`,
    en: ({ word }) => `without “${word}”`,
  }),
};

/** Names of a wider search: the words and filters kept, then what was left out of it. */
export function widerLabel(
  lang: Lang,
  wider: Wider,
  active: readonly Active[],
  allOf: (facet: string) => string,
): string {
  return [
    ...(wider.q === '' ? [] : [words.quoted(lang, { q: wider.q })]),
    ...active.filter(({ facet }) => !wider.without.includes(facet)).map(({ label }) => label),
    ...wider.without.map(allOf),
    ...(wider.dropped === '' ? [] : [words.without(lang, { word: wider.dropped })]),
  ].join(', ');
}

/** The same list with a wider search in its address. */
export function widerAddress(url: Address, wider: Wider): string {
  const query = new URLSearchParams(url.search);
  for (const name of ['page', 'q', ...wider.without]) query.delete(name);
  if (wider.q !== '') query.set('q', wider.q);
  const text = query.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}

export function widerLinks(
  lang: Lang,
  url: Address,
  all: readonly Wider[],
  active: readonly Active[],
  allOf: (facet: string) => string,
): WiderLink[] {
  return all.map((wider) => ({
    href: widerAddress(url, wider),
    label: widerLabel(lang, wider, active, allOf),
    count: wider.total,
  }));
}
