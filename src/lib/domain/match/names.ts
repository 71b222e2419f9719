import type { Lang } from '#lib/i18n/lang.ts';

/** Names of the ids that explanations speak of, in the reader's language. */
export interface MatchNames {
  capability(id: string, lang: Lang): string;
  mineral(id: string, lang: Lang): string;
  country(iso2: string, lang: Lang): string;
  certification(id: string, lang: Lang): string;
  framework(id: string, lang: Lang): string;
  /** A language by its ISO 639 code. */
  language(code: string, lang: Lang): string;
  /** A term of the lexicon. */
  concept(id: string, lang: Lang): string;
}

/** `a, b와 c` would need particles; lists are joined by commas in both languages. */
export function list(names: readonly string[]): string {
  return names.join(', ');
}
