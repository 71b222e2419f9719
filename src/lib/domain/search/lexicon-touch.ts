import { hasHangul } from './hangul.ts';
import { latinWords, termKey } from './lexicon.ts';
import { fold, squash } from './normalize.ts';

/**
 * Which documents may be read otherwise when terms change: those that hold the term in their text. Tags carry concepts
 * by their ids and do not depend on terms.
 */
export interface TermTouch {
  /** Patterns of LIKE over a text's letters and digits, lower case, everything else left out. */
  readonly patterns: readonly string[];
  /** Hanja is read as Hangul: any text with Hanja may change. */
  readonly hanja: boolean;
  /** Accents are left out when text is read: any text with accents may change. */
  readonly accents: boolean;
}

/** The patterns find too much rather than too little: particles, plurals and spacing inside a term vary. */
export function touchOf(terms: readonly string[]): TermTouch {
  const patterns = new Set<string>();
  for (const term of terms) {
    const key = termKey(term);
    const plain = squash(term);
    if (plain !== '') patterns.add(`%${plain}%`);
    if (key !== '') patterns.add(hasHangul(key) ? hangulPattern(key) : latinPattern(term));
  }
  const kept = [...patterns];
  return { patterns: kept, hanja: kept.some(hasHangul), accents: !kept.every(hasHangul) };
}

/** 배터리소재 stands in 배터리용 소재 too. */
function hangulPattern(key: string): string {
  return key.length < 4 ? `%${key}%` : `%${key.slice(0, 2)}%${key.slice(-2)}%`;
}

/** Rare earths magnets for rare earth magnet, batteries for battery. */
function latinPattern(term: string): string {
  const stems = latinWords(fold(term)).map((word) =>
    word.length > 4 && word.endsWith('y') ? word.slice(0, -1) : word,
  );
  return `%${stems.join('%')}%`;
}
