import type { Range } from '#lib/domain/search/highlight.ts';
import { otherLang, type Lang } from '#lib/i18n/lang.ts';

/** What to mark in the two names of something. */
export interface NameMarks {
  ko: readonly Range[];
  en: readonly Range[];
}

/** The marks of the name that a reader sees, and of the other one beneath it. */
export function marksFor(
  lang: Lang,
  name: { ko: string; en: string },
  marks: NameMarks | undefined,
): { title: readonly Range[]; other: readonly Range[] } {
  if (!marks) return { title: [], other: [] };
  const shown = name[lang] === '' ? otherLang(lang) : lang;
  return { title: marks[shown], other: marks[otherLang(lang)] };
}
