/**
 * Hangul as letters of the two-set (두벌식) keyboard, and as first consonants.
 *
 * One jamo is one key, so a one-jamo typo is a one-letter typo, a half-typed syllable is a prefix, and a
 * word typed with the keyboard in the wrong layout is the same word. Doubled keys are folded to their
 * plain key (ㄲ = r, like ㄱ): for finding, a missed shift key is no difference.
 */

const BASE = 0xac00;
const LAST = 0xd7a3;
const FIRSTS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const FINALS = '\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

const KEYS: Readonly<Record<string, string>> = {
  ...{ ㄱ: 'r', ㄲ: 'R', ㄴ: 's', ㄷ: 'e', ㄸ: 'E', ㄹ: 'f', ㅁ: 'a', ㅂ: 'q', ㅃ: 'Q', ㅅ: 't', ㅆ: 'T' },
  ...{ ㅇ: 'd', ㅈ: 'w', ㅉ: 'W', ㅊ: 'c', ㅋ: 'z', ㅌ: 'x', ㅍ: 'v', ㅎ: 'g' },
  ...{ ㅏ: 'k', ㅐ: 'o', ㅑ: 'i', ㅒ: 'O', ㅓ: 'j', ㅔ: 'p', ㅕ: 'u', ㅖ: 'P', ㅗ: 'h', ㅛ: 'y', ㅜ: 'n' },
  ...{ ㅠ: 'b', ㅡ: 'm', ㅣ: 'l', ㅘ: 'hk', ㅙ: 'ho', ㅚ: 'hl', ㅝ: 'nj', ㅞ: 'np', ㅟ: 'nl', ㅢ: 'ml' },
  ...{ ㄳ: 'rt', ㄵ: 'sw', ㄶ: 'sg', ㄺ: 'fr', ㄻ: 'fa', ㄼ: 'fq', ㄽ: 'ft', ㄾ: 'fx', ㄿ: 'fv', ㅀ: 'fg' },
  ...{ ㅄ: 'qt' },
};

const JAMO_OF_KEY = new Map<string, string>();
for (const [jamo, keys] of Object.entries(KEYS)) if (keys.length === 1) JAMO_OF_KEY.set(keys, jamo);
const PAIR_OF_KEYS = new Map<string, string>();
for (const [jamo, keys] of Object.entries(KEYS)) if (keys.length === 2) PAIR_OF_KEYS.set(keys, jamo);

const FIRST_KEYS = [...FIRSTS].map((j) => KEYS[j] ?? '');
const VOWEL_KEYS = [...VOWELS].map((j) => KEYS[j] ?? '');
const FINAL_KEYS = [...FINALS].map((j) => KEYS[j] ?? '');

/** A composed syllable 가…힣. */
export function isSyllable(code: number): boolean {
  return code >= BASE && code <= LAST;
}

/** A compatibility jamo ㄱ…ㅣ (U+3131 block), as an input method leaves them half typed. */
export function isJamo(code: number): boolean {
  return code >= 0x3131 && code <= 0x3163;
}

const isConsonant = (code: number): boolean => code >= 0x3131 && code <= 0x314e;

/** Whether a text holds any syllable or jamo. */
export function hasHangul(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSyllable(code) || isJamo(code)) return true;
  }
  return false;
}

/** Whether a text is made of composed syllables only (not empty). */
export function isAllSyllables(text: string): boolean {
  if (text === '') return false;
  for (let i = 0; i < text.length; i++) if (!isSyllable(text.charCodeAt(i))) return false;
  return true;
}

function keysOf(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSyllable(code)) {
      const n = code - BASE;
      out += FIRST_KEYS[Math.floor(n / 588)] ?? '';
      out += VOWEL_KEYS[Math.floor((n % 588) / 28)] ?? '';
      out += FINAL_KEYS[n % 28] ?? '';
    } else {
      const char = text.charAt(i);
      out += isJamo(code) ? (KEYS[char] ?? char) : char;
    }
  }
  return out;
}

/** The two-set letters of a text, lower case; what is not Hangul stays: 리튬 → flxba, NCM양극재 → ncmdidrmrwo. */
export function toLetters(text: string): string {
  return keysOf(text).toLowerCase();
}

/** The first consonants of the syllables, in the U+3131 block; jamo stay, the rest is left out: 흑연(C) → ㅎㅇ. */
export function toChoseong(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSyllable(code)) out += FIRSTS.charAt(Math.floor((code - BASE) / 588));
    else if (isConsonant(code)) out += text.charAt(i);
  }
  return out;
}

/** Whether a query is first consonants only (spaces aside): only then is it read as 초성. */
export function isChoseong(text: string): boolean {
  const bare = text.replace(/\s+/g, '');
  if (bare === '') return false;
  for (let i = 0; i < bare.length; i++) if (!isConsonant(bare.charCodeAt(i))) return false;
  return true;
}

/** First consonants with clusters taken apart (ㄳ → ㄱㅅ), as an input method joins what was typed singly. */
export function splitClusters(text: string): string {
  return text.replace(/[ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ]/g, (jamo) =>
    [...(KEYS[jamo] ?? '')].map((key) => JAMO_OF_KEY.get(key) ?? '').join(''),
  );
}

const compose = (first: number, vowel: number, final: number): string =>
  String.fromCharCode(BASE + (first * 21 + vowel) * 28 + final);

/** Reads jamo as an input method does, composing syllables; what cannot be composed stays as jamo. */
function composeJamo(jamo: readonly string[]): string {
  let out = '';
  let i = 0;
  const vowelAt = (at: number): [number, number] => {
    const one = jamo[at] ?? '';
    const two = PAIR_OF_KEYS.get((KEYS[one] ?? '') + (KEYS[jamo[at + 1] ?? ''] ?? ''));
    if (two !== undefined && VOWELS.includes(two)) return [VOWELS.indexOf(two), 2];
    return one !== '' && VOWELS.includes(one) ? [VOWELS.indexOf(one), 1] : [-1, 0];
  };
  while (i < jamo.length) {
    const char = jamo[i] ?? '';
    const first = FIRSTS.indexOf(char);
    const [vowel, taken] = first < 0 ? [-1, 0] : vowelAt(i + 1);
    if (vowel < 0) {
      out += char;
      i++;
      continue;
    }
    i += 1 + taken;
    const [final, used] = finalAt(jamo, i, (at) => vowelAt(at)[0] >= 0);
    out += compose(first, vowel, final);
    i += used;
  }
  return out;
}

/** The final consonant that begins at `i`: [index, jamo used]; a consonant before a vowel begins the next syllable. */
function finalAt(jamo: readonly string[], i: number, isVowel: (at: number) => boolean): [number, number] {
  const one = jamo[i] ?? '';
  const single = one === '' ? -1 : FINALS.indexOf(one);
  if (single <= 0 || isVowel(i + 1)) return [0, 0];
  const pair = PAIR_OF_KEYS.get((KEYS[one] ?? '') + (KEYS[jamo[i + 1] ?? ''] ?? ''));
  const double = pair === undefined ? -1 : FINALS.indexOf(pair);
  if (double > 0 && !isVowel(i + 2)) return [double, 2];
  return [single, 1];
}

/**
 * What the two-set keyboard would have written for Latin keys: flxba → 리튬. Shifted keys that mean nothing
 * (a stuck caps lock) are read unshifted. Returns the input's other characters as they are.
 */
export function fromKeys(keys: string): string {
  const jamo = [...keys].map((key) => JAMO_OF_KEY.get(key) ?? JAMO_OF_KEY.get(key.toLowerCase()) ?? key);
  return composeJamo(jamo);
}

/** What the keys of Hangul would have written in Latin layout: ㅣㅑ소ㅑㅕㅡ → lithium. */
export function toKeys(text: string): string {
  return keysOf(text);
}
