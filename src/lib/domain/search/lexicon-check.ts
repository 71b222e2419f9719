import { hasHangul } from './hangul.ts';
import { hasHanja } from './hanja.ts';
import { termKey, type Lexicon } from './lexicon.ts';
import { entryKeyOf, type LexiconEntry } from './lexicon-entries.ts';
import { squash } from './normalize.ts';

/** What is wrong, or only doubtful, about a term before it goes into the lexicon. */

export const TERM_LANGS = ['ko', 'en', 'hanja', 'zz'] as const;
export const TERM_FORMS = [
  'name',
  'alias',
  'old',
  'hanja',
  'symbol',
  'formula',
  'hs',
  'trap',
  'word',
] as const;
/** Lists of words that name no concept: words to pass over, and everyday words that must not be taken apart. */
export const WORD_LISTS = ['stop', 'everyday'] as const;
export const isWordList = (concept: string): boolean => (WORD_LISTS as readonly string[]).includes(concept);

export type TermWarning =
  /** Other concepts have this term too: a query with it finds both. */
  | { kind: 'shared'; concepts: readonly string[] }
  /** Everyday words hold the term; they stay whole. */
  | { kind: 'inside-everyday'; words: readonly string[] }
  /** The term is passed over as a stop word where it is not told apart. */
  | { kind: 'stop-word' };

export interface TermCheck {
  /** Field → issue code. */
  errors: Record<string, string>;
  warnings: TermWarning[];
}

/**
 * Checks a term that is to be added, or to stand in the place of `before`. Terms of one syllable, and words that
 * everyday texts are full of (동, 연, 은, lead), count only as tags or as words by themselves: form `trap`.
 */
export function checkTerm(
  entries: readonly LexiconEntry[],
  lexicon: Lexicon,
  before: LexiconEntry | null,
  after: LexiconEntry,
): TermCheck {
  const others = before === null ? entries : entries.filter((row) => entryKeyOf(row) !== entryKeyOf(before));
  const errors: Record<string, string> = {};
  if (!isWordList(after.concept) && !lexicon.concepts.has(after.concept)) errors.concept = 'unknown-concept';
  const term = termError(after) ?? (isThere(others, after) ? 'term-duplicate' : null);
  if (term !== null) errors.term = term;
  const lang = langError(after);
  if (lang !== null) errors.lang = lang;
  if (isWordList(after.concept) !== (after.form === 'word') && isWordList(after.concept))
    errors.form = 'form-word';
  else if (needsTrap(others, after)) errors.form = 'form-trap';
  return { errors, warnings: Object.keys(errors).length > 0 ? [] : warningsOf(others, lexicon, after) };
}

function termError({ term, form }: LexiconEntry): string | null {
  if (form === 'hs') return /^\d{6}$/.test(term) ? null : 'term-hs';
  if (squash(term) === '' || termKey(term) === '') return 'term-empty';
  if (form === 'symbol') return /^[A-Z][A-Za-z0-9]{0,7}$/.test(term) ? null : 'term-symbol';
  return null;
}

/** The same concept has the term already, or one that is read alike (spacing, plural, capitals). */
function isThere(others: readonly LexiconEntry[], { concept, term, form }: LexiconEntry): boolean {
  const exact = form === 'symbol' || form === 'hs';
  const key = termKey(term);
  return others.some(
    (row) =>
      row.concept === concept &&
      (exact || row.form === 'symbol' || row.form === 'hs' ? row.term === term : termKey(row.term) === key),
  );
}

function langError({ term, lang, form }: LexiconEntry): string | null {
  if (lang === 'ko') return hasHangul(term) ? null : 'lang-script';
  if (lang === 'hanja') return hasHanja(term) ? null : 'lang-script';
  if (lang === 'en') return hasHangul(term) || hasHanja(term) ? 'lang-script' : null;
  return form === 'symbol' || form === 'formula' || form === 'hs' ? null : 'lang-form';
}

/** One Hangul syllable, or what is a trap for another concept already. */
function needsTrap(others: readonly LexiconEntry[], { concept, term, form }: LexiconEntry): boolean {
  if (form === 'trap' || form === 'symbol' || form === 'hs' || form === 'hanja' || isWordList(concept))
    return false;
  const key = termKey(term);
  if (hasHangul(key) && key.length === 1) return true;
  return others.some((row) => row.form === 'trap' && termKey(row.term) === key);
}

function warningsOf(
  others: readonly LexiconEntry[],
  lexicon: Lexicon,
  { concept, term, form }: LexiconEntry,
): TermWarning[] {
  if (form === 'hs' || form === 'symbol') return [];
  const key = termKey(term);
  const warnings: TermWarning[] = [];
  const shared = new Set(
    others
      .filter((row) => row.concept !== concept && row.form !== 'hs' && row.form !== 'symbol')
      .filter((row) => !isWordList(row.concept) && termKey(row.term) === key)
      .map((row) => row.concept),
  );
  if (shared.size > 0) warnings.push({ kind: 'shared', concepts: [...shared] });
  if (isWordList(concept)) return warnings;
  const words = [...lexicon.everyday].filter((word) => word !== key && word.includes(key));
  if (words.length > 0 && form !== 'trap')
    warnings.push({ kind: 'inside-everyday', words: words.slice(0, 8) });
  if (lexicon.stops.has(key)) warnings.push({ kind: 'stop-word' });
  return warnings;
}
