import { toLetters } from './hangul.ts';

/** Letters from which on lines are offered. */
const LEAST_LETTERS = 2;
const LONGEST = 60;

/**
 * Is there enough typed to offer lines? Letters are counted as they are struck: 흑 is three (ㅎ, ㅡ, ㄱ), ㅎ is one, Li
 * are two.
 */
export function isEnoughToSuggest(typed: string): boolean {
  const text = typed.normalize('NFC').trim();
  return text.length <= LONGEST && toLetters(text.replace(/\s+/gu, '')).length >= LEAST_LETTERS;
}
