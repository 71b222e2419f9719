import type { LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { formNames, kindNames, langNames, nameOf } from '#lib/i18n/lexicon.ts';
import { msg } from '#lib/i18n/msg.ts';
import type { RowField } from './amendment.ts';

/** The fields of a term in words. */

export const termWords = {
  concept: msg({ ko: '개념', en: 'Concept' }),
  kind: msg({ ko: '분류', en: 'Kind' }),
  lang: msg({ ko: '언어', en: 'Language' }),
  term: msg({ ko: '말', en: 'Term' }),
  form: msg({ ko: '종류', en: 'Form' }),
  source: msg({ ko: '출처', en: 'Source' }),
};

interface Change {
  before: LexiconEntry | null;
  after: LexiconEntry | null;
}

export function termFields(lang: Lang, { before, after }: Change): RowField[] {
  const field = (label: string, of: (row: LexiconEntry) => string): RowField => ({
    label,
    before: before === null ? null : of(before),
    after: after === null ? null : of(after),
  });
  return [
    field(termWords.term(lang), (row) => row.term),
    field(termWords.concept(lang), (row) =>
      row.concept === row.kind ? nameOf(kindNames, row.kind, lang) : row.concept,
    ),
    field(termWords.lang(lang), (row) => nameOf(langNames, row.lang, lang)),
    field(termWords.form(lang), (row) => nameOf(formNames, row.form, lang)),
    field(termWords.source(lang), (row) => row.source),
  ];
}

/** The term and its concept: 흑연전극봉 → graphite. */
export function termTitle({ before, after }: Change): string {
  const row = after ?? before;
  return row === null ? '' : `${row.term} → ${row.concept}`;
}
