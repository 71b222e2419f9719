import { isAllSyllables, isSyllable } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
import { onePer } from './remembering.ts';

/**
 * English terms written in Hangul by their sound: 그래파이트 for graphite, 리튬카보네이트 for lithium carbonate. Both
 * spellings are brought to consonants with what stands between them; two agree when the consonants are equal and
 * each vowel may stand for the other.
 *
 * Source: 외래어 표기법 (문화체육관광부 고시): the ㅡ between consonants is no sound, r is written before vowels only, th
 * is ㅅ or ㅌ, f is ㅍ, x is ㄱㅅ.
 */

/** Consonants of a spelling, and the vowels before, between and after them: one more than consonants. */
interface Frame {
  readonly consonants: string;
  readonly gaps: readonly string[];
}

const FIRST = ['k', 'k', 'n', 't', 't', 'r', 'm', 'p', 'p', 's', 's', '', 's', 's', 's', 'k', 't', 'p', 'h'];
/** Classes of vowels: a, e, i, o; the ㅡ is none. */
const VOWEL = [...'aeaeoeoeoaeeoooei'].concat(['o', '', 'i', 'i']);
const FINAL = [
  ...['', 'k', 'k', 'ks', 'n', 'n', 'n', 't', 'r', 'rk', 'rm', 'rp', 'rs', 'rt', 'rp', 'r', 'm', 'p'],
  ...['ps', 't', 't', 'n', 't', 't', 'k', 't', 'p', 't'],
];

/** Fewest consonants by which a word is taken for a term though the lexicon does not hold it so. */
const SURE = 4;
const FEWEST = 3;

function frameOf(sounds: readonly string[]): Frame {
  let consonants = '';
  const gaps = [''];
  for (const sound of sounds) {
    const last = gaps.length - 1;
    if (/[aeiou]/.test(sound)) gaps[last] += sound;
    else if (!(gaps[last] === '' && consonants.endsWith(sound))) {
      consonants += sound;
      gaps.push('');
    }
  }
  return { consonants, gaps };
}

function hangulFrame(word: string): Frame {
  const sounds: string[] = [];
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (!isSyllable(code)) continue;
    const n = code - 0xac00;
    sounds.push(
      FIRST[Math.floor(n / 588)] ?? '',
      VOWEL[Math.floor((n % 588) / 28)] ?? '',
      ...(FINAL[n % 28] ?? ''),
    );
  }
  return frameOf(sounds.filter((s) => s !== ''));
}

/** How English letters are heard, first match first; several readings of one spelling are variants. */
const LETTERS: readonly [RegExp, string][] = [
  [/(?:ti|si|ci)on/g, 'sion'],
  [/ph/g, 'p'],
  [/sch|sh/g, 's'],
  [/tch|dge?(?=$|\s)/g, 'd'],
  [/ck|qu/g, 'k'],
  [/sc(?=[eiy])/g, 's'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/gh/g, ''],
  [/ng(?=$|\s)/g, 'n'],
  [/(^|\s)x/g, '$1s'],
  [/x/g, 'ks'],
  [/[jz]/g, 's'],
  [/[fvb]/g, 'p'],
  [/d/g, 't'],
  [/g/g, 'k'],
  [/w/g, 'o'],
  [/y/g, 'i'],
  [/r(?![aeiou])|r(?=e(?:$|\s))/g, ''],
  [/l/g, 'r'],
  [/h(?![aeiou])/g, ''],
  [/q/g, 'k'],
];

function latinFrames(term: string): Frame[] {
  let spellings = [term];
  const vary = (from: RegExp, ...to: readonly string[]): void => {
    spellings = spellings.flatMap((s) => (s.search(from) < 0 ? [s] : to.map((t) => s.replace(from, t))));
  };
  vary(/th/g, 't', 's');
  vary(/ch/g, 's', 'k');
  vary(/g(?=[eiy])/g, 's', 'g');
  return spellings.map((s) =>
    frameOf([...LETTERS.reduce((t, [from, to]) => t.replace(from, to), s).replace(/[^a-z]/g, '')]),
  );
}

/** Classes that a letter may be heard as, and the plainer ones that count in a short word, which is like many. */
const HEARD: Readonly<Record<string, string>> = { a: 'aeo', e: 'eio', i: 'iaeo', o: 'oae', u: 'oaei' };
const PLAIN: Readonly<Record<string, string>> = { a: 'ae', e: 'ei', i: 'ia', o: 'o', u: 'oa' };

/** Whether Hangul vowels may be those of an English spelling: each begins as one of its letters may be heard. */
function agree(hangul: string, latin: string, atEnd: boolean, heard: typeof HEARD): boolean {
  if (hangul === '') return latin === '' || (atEnd && latin === 'e') || heard === HEARD;
  if (latin === '') return hangul === 'i';
  if (heard === PLAIN && atEnd && latin === 'e') return false;
  return [...latin].some((letter) => heard[letter]?.includes(hangul.charAt(0)) ?? false);
}

function same(hangul: Frame, latin: Frame): boolean {
  if (hangul.consonants !== latin.consonants || hangul.gaps.length !== latin.gaps.length) return false;
  // A word begins with a vowel in both or in neither, and vowels that are there in one are hardly ever missing in the other.
  if ((hangul.gaps[0] === '') !== (latin.gaps[0] === '')) return false;
  const end = latin.gaps.length - 1;
  const missing = hangul.gaps.filter((gap, i) => gap === '' && i < end && latin.gaps[i] !== '').length;
  if (missing > (latin.consonants.length > SURE ? 1 : 0)) return false;
  const heard = latin.consonants.length < SURE ? PLAIN : HEARD;
  return hangul.gaps.every((gap, i) => agree(gap, latin.gaps[i] ?? '', i === end, heard));
}

/** Countries have their own names in Korean. */
const isOfField = (lexicon: Lexicon, key: string): boolean =>
  lexicon.terms.get(key)?.some((h) => lexicon.concepts.get(h.concept)?.kind !== 'country') ?? false;

type Table = ReadonlyMap<string, readonly { readonly key: string; readonly frame: Frame }[]>;

/** English terms of the field by their consonants. */
const tableOf = onePer((lexicon: Lexicon): Table => {
  const table = new Map<string, { key: string; frame: Frame }[]>();
  for (const [, key] of lexicon.letters) {
    if (!/^[a-z]{3,}(?: [a-z]{2,}){0,3}$/.test(key) || !isOfField(lexicon, key)) continue;
    for (const frame of latinFrames(key)) {
      if (frame.consonants.length < FEWEST) continue;
      table.set(frame.consonants, [...(table.get(frame.consonants) ?? []), { key, frame }]);
    }
  }
  return table;
});

const NONE: readonly string[] = [];

/** Keys of English terms that a Hangul word spells by sound, in the singular or the plural: 지오피직스. */
export function loanTerms(lexicon: Lexicon, word: string): readonly string[] {
  if (word.length < 3 || !isAllSyllables(word)) return NONE;
  const found = spelledSo(lexicon, hangulFrame(word));
  return found.length === 0 && /[스즈]$/.test(word) && word.length > 3
    ? spelledSo(lexicon, hangulFrame(word.slice(0, -1)))
    : found;
}

function spelledSo(lexicon: Lexicon, frame: Frame): readonly string[] {
  const found = tableOf(lexicon).get(frame.consonants);
  return found ? [...new Set(found.filter((f) => same(frame, f.frame)).map((f) => f.key))] : NONE;
}

/** The one English term that a long Hangul word surely is; null when it is short or may be several. */
export function sureLoan(lexicon: Lexicon, word: string): string | null {
  if (word.length < 4) return null;
  const keys = loanTerms(lexicon, word);
  const [key] = keys;
  return key !== undefined && hangulFrame(word).consonants.length >= SURE ? key : null;
}
