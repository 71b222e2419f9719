import { hasHangul } from './hangul.ts';
import { hasHanja, readHanja } from './hanja.ts';
import { segment, type Piece } from './compound.ts';
import { stemLatin, type Lexicon, type TermHit } from './lexicon.ts';
import { sureLoan } from './loanword.ts';
import { stripAccents } from './normalize.ts';
import { stems } from './particles.ts';
import { onePer, remembering } from './remembering.ts';
import { spelledLetters } from './romanise.ts';

/**
 * The one reading of text for both sides of a search: what a document says and what a query asks are cut
 * into the same words, terms and pieces. Offsets are those of the NFC text, so that highlights fall on whole
 * syllables.
 */

/** A word as written. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  /** Lower case, without accents, Hanja read. */
  readonly text: string;
  readonly hangul: boolean;
  /** Forms under which it may be a term: as written, then its stems. */
  readonly forms: readonly string[];
  /** Whether the gap to the word before is a space, a hyphen or the like, so that both may be one term. */
  readonly joined: boolean;
}

/** A stretch of text that the lexicon knows. */
export interface Term {
  readonly start: number;
  readonly end: number;
  /** Indexes of the words it covers, last exclusive. */
  readonly from: number;
  readonly to: number;
  readonly key: string;
  readonly hits: readonly TermHit[];
}

export interface Analysis {
  readonly words: readonly Word[];
  /** Longest terms, left to right, not overlapping. */
  readonly terms: readonly Term[];
}

/** A name of goods with its grade: NCM811. */
const GRADED = /^([a-z]{3,})\d+$/;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const JOINT = /^[\s\-·&'./()]{1,3}$/;
const MOST_WORDS = 6;
/** Symbols that are also English words or letters: in running text they mean themselves. */
const UNSURE_SYMBOLS = new Set([
  'In',
  'As',
  'At',
  'Be',
  'He',
  'No',
  'Co',
  'C',
  'B',
  'K',
  'P',
  'U',
  'V',
  'W',
  'Y',
]);

/** What a word says by itself, wherever it stands. */
type Reading = Pick<Word, 'text' | 'hangul' | 'forms'>;

const REMEMBERED = 60_000;

const readingOf = remembering(REMEMBERED, (raw): Reading => {
  const lower = stripAccents(raw).toLowerCase();
  const text = hasHanja(lower) ? readHanja(lower) : lower;
  const hangul = hasHangul(text);
  return { text, hangul, forms: hangul ? koreanForms(raw, text) : latinForms(text) };
});

function latinForms(text: string): string[] {
  const grade = GRADED.exec(text)?.[1];
  return grade === undefined ? [stemLatin(text)] : [text, grade];
}

function koreanForms(raw: string, text: string): string[] {
  const read = [text, ...stems(text)];
  return hasHanja(raw) ? [...read, raw] : read;
}

/** The words of a text with their offsets in its NFC form. */
export function wordsOf(nfc: string): Word[] {
  const out: Word[] = [];
  let end = 0;
  for (const match of nfc.matchAll(WORD)) {
    const raw = match[0];
    const start = match.index;
    const { text, hangul, forms } = readingOf(raw);
    const joined = out.length > 0 && JOINT.test(nfc.slice(end, start));
    end = start + raw.length;
    out.push({ start, end, raw, text, hangul, forms, joined });
  }
  return out;
}

/** Whether a term of several words may begin with this one. */
function mayBegin(lexicon: Lexicon, word: Word): boolean {
  if (!word.hangul) return lexicon.heads.has(word.text) || lexicon.heads.has(stemLatin(word.text));
  return lexicon.heads.has(word.text) || lexicon.heads.has(word.forms.at(-1) ?? '');
}

/** The longest term that begins at word `i`, or null. Traps are found only where they stand alone as a word. */
export function termAt(lexicon: Lexicon, words: readonly Word[], i: number): Term | null {
  const first = words[i];
  if (!first) return null;
  let reach = i + 1;
  if (mayBegin(lexicon, first))
    while (reach < words.length && reach - i < MOST_WORDS && words[reach]?.joined) reach++;
  for (let to = reach; to > i; to--) {
    const found =
      lookUp(lexicon, words, i, to, false) ?? (to - i > 1 ? lookUp(lexicon, words, i, to, true) : null);
    if (found) return found;
  }
  return null;
}

/** @param stemmed whether the words before the last lose their particles too: 배터리용 소재 → 배터리소재 */
function lookUp(
  lexicon: Lexicon,
  words: readonly Word[],
  from: number,
  to: number,
  stemmed: boolean,
): Term | null {
  const last = words[to - 1];
  const first = words[from];
  if (!first || !last) return null;
  let korean = false;
  let head = '';
  let headLatin = '';
  for (let j = from; j < to - 1; j++) {
    const word = words[j];
    if (!word) return null;
    korean ||= word.hangul;
    head += stemmed && word.hangul ? (word.forms.at(-1) ?? '') : word.text;
    headLatin += stemLatin(word.text) + ' ';
  }
  korean ||= last.hangul;
  if (korean && head.length + 1 > lexicon.longest.ko) return null;
  if (!korean && to - from > lexicon.longest.en) return null;
  if (!korean) {
    for (const form of last.forms) {
      const key = headLatin + form;
      const hits = lexicon.terms.get(key);
      if (hits) return { start: first.start, end: last.end, from, to, key, hits };
    }
    return null;
  }
  for (const form of last.forms) {
    const key = head + form;
    const hits = lexicon.terms.get(key);
    if (!hits) continue;
    if (to - from > 1 && hits.every((h) => h.form === 'trap')) continue;
    const cut = last.raw.length === last.text.length ? last.text.length - form.length : 0;
    return { start: first.start, end: last.end - cut, from, to, key, hits };
  }
  return null;
}

function symbolAt(lexicon: Lexicon, word: Word, from: number): Term | null {
  const concept = lexicon.symbols.get(word.raw);
  if (concept === undefined || UNSURE_SYMBOLS.has(word.raw)) return null;
  return {
    start: word.start,
    end: word.end,
    from,
    to: from + 1,
    key: word.text,
    hits: [{ concept, form: 'symbol' }],
  };
}

/** The abbreviation whose letters a Hangul word names: 이피씨 → epc. Two letters are too many other words. */
function lettersTerm(lexicon: Lexicon, form: string): string | null {
  const letters = spelledLetters(form);
  return letters !== null && /^[a-z]{3,}$/.test(letters) && lexicon.terms.has(letters) ? letters : null;
}

const loanOf = onePer((lexicon: Lexicon) =>
  remembering(REMEMBERED, (form) => lettersTerm(lexicon, form) ?? sureLoan(lexicon, form) ?? ''),
);

/** A word that surely writes an English term in Hangul, by sound or letter by letter: 리튬하이드록사이드를, 엘에프피. */
export function loanAt(lexicon: Lexicon, word: Word, from: number): Term | null {
  if (!word.hangul) return null;
  for (const form of word.forms) {
    const key = loanOf(lexicon)(form);
    const hits = lexicon.terms.get(key);
    if (!hits) continue;
    const cut = word.raw.length === word.text.length ? word.text.length - form.length : 0;
    return { start: word.start, end: word.end - cut, from, to: from + 1, key, hits };
  }
  return null;
}

const MOST_LOANS = 3;

/** The same of words that spell one term together: 솔벤트 익스트랙션. For queries, which are short. */
export function loanOfWords(lexicon: Lexicon, words: readonly Word[], from: number): Term | null {
  const first = words[from];
  if (!first) return null;
  for (let to = Math.min(words.length, from + MOST_LOANS); to > from + 1; to--) {
    const [last, ...rest] = words.slice(from, to).reverse();
    if (!last || ![last, ...rest].every((w) => w.hangul)) continue;
    const head = rest
      .reverse()
      .map((w) => w.text)
      .join('');
    for (const form of last.forms) {
      const key = sureLoan(lexicon, head + form) ?? '';
      const hits = lexicon.terms.get(key);
      if (hits) return { start: first.start, end: last.end, from, to, key, hits };
    }
  }
  return loanAt(lexicon, first, from);
}

/** Reads a text (NFC) with the lexicon. */
export function analyse(lexicon: Lexicon, nfc: string): Analysis {
  const words = wordsOf(nfc);
  const terms: Term[] = [];
  for (let i = 0; i < words.length;) {
    const word = words[i];
    if (!word) break;
    const term = termAt(lexicon, words, i) ?? symbolAt(lexicon, word, i) ?? loanAt(lexicon, word, i);
    if (term) {
      terms.push(term);
      if (term.to - term.from > 1) terms.push(...innerTerms(lexicon, words, term));
      i = term.to;
      continue;
    }
    if (word.hangul) terms.push(...piecesAsTerms(lexicon, word, i));
    i++;
  }
  return { words, terms };
}

/** Words of a longer term that are terms themselves: 흑연 음극재 also speaks of 흑연 and of 음극재. */
function innerTerms(lexicon: Lexicon, words: readonly Word[], term: Term): Term[] {
  const out: Term[] = [];
  for (let i = term.from; i < term.to; i++) {
    const inner = lookUp(lexicon, words, i, i + 1, false);
    if (inner && inner.hits.some((h) => h.form !== 'trap')) out.push(inner);
  }
  return out;
}

/** Terms inside one written word that is no term as a whole. */
export function piecesAsTerms(lexicon: Lexicon, word: Word, index: number): Term[] {
  const out: Term[] = [];
  for (const piece of piecesOf(lexicon, word)) {
    if (piece.kind !== 'term') continue;
    const exact = word.raw.length === word.text.length;
    out.push({
      start: exact ? word.start + piece.at : word.start,
      end: exact ? word.start + piece.at + piece.text.length : word.end,
      from: index,
      to: index + 1,
      key: piece.text,
      hits: piece.hits,
    });
  }
  return out;
}

/** The pieces of a word by the lexicon; Latin letters before Hangul are a piece of their own. */
export function piecesOf(lexicon: Lexicon, word: Word): readonly Piece[] {
  return segment(lexicon, word.text);
}
