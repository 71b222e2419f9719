import type { Sourced } from '#lib/domain/insight/sourced.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import type { Source } from './source.ts';

const general = msg({ ko: '일반 상식', en: 'General knowledge' });

/** A fact's source as the mark ※ shows it. `note` says how the figure was computed or what it leaves out. */
export function asSource(lang: Lang, { source, confidence, asOf }: Sourced, note?: string): Source {
  const unread = source.startsWith('general knowledge, unverified');
  const name = unread ? general(lang) : source;
  return {
    name,
    lang: unread || /[가-힣]/u.test(name) === (lang === 'ko') ? undefined : lang === 'ko' ? 'en' : 'ko',
    confidence,
    date: asOf,
    note,
  };
}
