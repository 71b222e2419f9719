import { piecesOf, wordsOf } from './analyse.ts';
import { fromKeys, hasHangul, isAllSyllables, isChoseong, toKeys } from './hangul.ts';
import { stemLatin, type Lexicon } from './lexicon.ts';
import { stems } from './particles.ts';
import type { Note } from './query.ts';

/** Words typed with the keyboard in the wrong layout: flxba for 리튬, ㅣㅑ소ㅑㅕㅡ for lithium. */

/** The word in the other layout; null when it mixes both or holds digits. */
export function otherLayout(word: string): string | null {
  if (/^[A-Za-z]+$/.test(word)) return fromKeys(word);
  if (!hasHangul(word) || /[^\p{L}]/u.test(word)) return null;
  const keys = toKeys(word).toLowerCase();
  return /^[a-z]+$/.test(keys) ? keys : null;
}

/** Whether the other layout gives something that can be read: whole syllables, or a Latin word. */
export function readableLayout(word: string): string | null {
  const other = otherLayout(word);
  if (other === null || other.length < 2) return null;
  if (isAllSyllables(other)) return other;
  return /^[a-z]{3,}$/.test(other) ? other : null;
}

function isKnownKorean(lexicon: Lexicon, word: string, alone: boolean): boolean {
  for (const form of [word, ...stems(word)]) {
    if (!lexicon.terms.has(form)) continue;
    if (form.length > 1 || alone) return true;
  }
  const [read] = wordsOf(word);
  return read !== undefined && piecesOf(lexicon, read).some((p) => p.kind === 'term' && p.text.length > 1);
}

function isKnownLatin(lexicon: Lexicon, word: string): boolean {
  return lexicon.terms.has(stemLatin(word.toLowerCase())) || lexicon.stops.has(word.toLowerCase());
}

function repair(lexicon: Lexicon, word: string, alone: boolean): string | null {
  const other = otherLayout(word);
  if (other === null) return null;
  if (/^[A-Za-z]+$/.test(word)) {
    if (word.length < 3 || isKnownLatin(lexicon, word) || !isAllSyllables(other)) return null;
    return isKnownKorean(lexicon, other, alone) ? other : null;
  }
  if (isChoseong(word) || lexicon.terms.has(word) || isKnownKorean(lexicon, word, alone)) return null;
  return other.length > 2 && isKnownLatin(lexicon, other) ? other : null;
}

/** All words in the other layout, when only together they are a term: ㄱㅁㄱㄷ ㄷㅁㄱ소 for rare earth; else null. */
function phraseRepaired(lexicon: Lexicon, words: readonly string[]): string[] | null {
  if (words.length < 2 || words.length > 4) return null;
  if (!words.every((word) => hasHangul(word) && !isKnownKorean(lexicon, word, false))) return null;
  const others = words.map(otherLayout);
  if (!others.every((other) => other !== null)) return null;
  return lexicon.terms.has(others.map(stemLatin).join(' ')) ? others : null;
}

/** Repairs the words whose other layout the lexicon knows; the rest is left to the index's own vocabulary. */
export function repairLayout(lexicon: Lexicon, text: string): { text: string; notes: Note[] } {
  const words = text.split(' ');
  const notes: Note[] = [];
  const phrase = phraseRepaired(lexicon, words);
  const out = words.map((word, i) => {
    const to = phrase?.[i] ?? repair(lexicon, word, words.length === 1);
    if (to === null) return word;
    notes.push({ kind: 'keyboard', from: word, to });
    return to;
  });
  return { text: out.join(' '), notes };
}
