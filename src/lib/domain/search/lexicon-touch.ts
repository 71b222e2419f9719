import { hasHangul } from './hangul.ts';
import { latinWords, termKey } from './lexicon.ts';
import { fold, squash } from './normalize.ts';
import { usedThing } from './recombine.ts';
import { lettersNamed } from './romanise.ts';

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

/**
 * The patterns find too much rather than too little: particles, plurals, spacing and the order of parts vary, and an
 * abbreviation may be written by the names of its letters.
 */
export function touchOf(terms: readonly string[]): TermTouch {
  const patterns = new Set<string>();
  for (const term of terms) {
    const key = termKey(term);
    const plain = squash(term);
    if (plain !== '') patterns.add(`%${plain}%`);
    if (key === '') continue;
    for (const pattern of hasHangul(key) ? hangulPatterns(key) : latinPatterns(key)) patterns.add(pattern);
    const thing = usedThing(key);
    if (thing !== null) patterns.add(hasHangul(thing) ? `%${thing}%` : latinPattern([thing]));
  }
  const kept = [...patterns];
  return { patterns: kept, hanja: kept.some(hasHangul), accents: !kept.every(hasHangul) };
}

/** 배터리소재 stands in 배터리용 소재 too, and in 소재 (배터리). */
function hangulPatterns(key: string): string[] {
  const inOrder = key.length < 4 ? `%${key}%` : `%${key.slice(0, 2)}%${key.slice(-2)}%`;
  const cuts = Array.from({ length: key.length - 1 }, (_, i) => i + 1);
  return [inOrder, ...cuts.map((cut) => `%${key.slice(cut)}%${key.slice(0, cut)}%`)];
}

/** Abbreviations of fewer letters are not read by the names of these. */
const FEWEST_NAMED = 3;

/** Magnet recycling stands in "recycling of magnets" too, and EPC in 이피씨. */
function latinPatterns(key: string): string[] {
  const words = key.split(' ');
  const turned = words.map((_, cut) => latinPattern([...words.slice(cut), ...words.slice(0, cut)]));
  const named = words.length === 1 && key.length >= FEWEST_NAMED ? lettersNamed(key) : null;
  return named === null ? turned : [...turned, `%${named}%`];
}

/** Rare earths magnets for rare earth magnet, batteries for battery. */
function latinPattern(words: readonly string[]): string {
  const stems = words.flatMap((word) => latinWords(fold(word)));
  return `%${stems.map((word) => (word.length > 4 && word.endsWith('y') ? word.slice(0, -1) : word)).join('%')}%`;
}
