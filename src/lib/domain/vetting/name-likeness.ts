import { stripCompanyForm } from '#lib/domain/search/company-name.ts';
import { hasHangul, toLetters } from '#lib/domain/search/hangul.ts';
import { readHanja } from '#lib/domain/search/hanja.ts';
import { fold } from '#lib/domain/search/normalize.ts';
import { soundKeys } from '#lib/domain/search/romanise.ts';
import { deletionsOf, editDistance, editsForgiven } from '#lib/domain/search/spelling.ts';

/**
 * How alike two names of persons or organisations are, whatever their script, order and spelling: for finding whom a
 * restricted list may mean, so rather one too many than one too few.
 */

/** A name made ready for comparing. */
export interface PreparedName {
  /** As it was given. */
  readonly text: string;
  readonly words: readonly string[];
  /** All letters in one, without the legal form: 주식회사 해솔 → 해솔. */
  readonly whole: string;
  /** Loose keys of how it sounds, the family name first or last. */
  readonly sounds: ReadonlySet<string>;
}

/** Words that many organisations have in common: they tell two apart less than any other word. */
const COMMON = new Set(
  [
    'company corporation group holding holdings international global general trading trade import export imports',
    'exports enterprise enterprises industry industries industrial national state development technology the of and',
    'for bank shipping services service 무역 회사 총회사 그룹 산업 개발 은행 상사 국제',
  ].flatMap((line) => line.split(' ')),
);
const COMMON_WEIGHT = 0.3;
/** Longer words tell no more than this many letters do. */
const MOST_WEIGHT = 8;
/** Of so many words each may stand first: more are no name of a person. */
const MOST_ROTATED = 4;
/** A sound key of fewer letters is that of too many names. */
const LEAST_SOUNDS = 4;

const SAME_SOUND = 0.93;
const SAME_SOUND_WORD = 0.9;
/** One name with words left out: a father's name, a place. */
const LEFT_OUT = 0.88;

/** @param person without a legal form that could be taken off: Sa and Co are family names too */
export function prepareName(text: string, person: boolean): PreparedName {
  const folded = readHanja(fold(text).replace(/['’]/gu, ''));
  const plain = person ? folded : stripCompanyForm(folded);
  const split = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const words = split.length > 0 ? split : [plain];
  const orders =
    words.length <= MOST_ROTATED
      ? words.map((_, first) => [...words.slice(first), ...words.slice(0, first)].join(''))
      : [words.join('')];
  const sounds = orders.flatMap((order) => soundKeys(order)).filter((key) => key.length >= LEAST_SOUNDS);
  return { text, words, whole: words.join(''), sounds: new Set(sounds) };
}

/**
 * Keys of which two names that may be alike share at least one: how they are written or sound as a whole, and each
 * word with a letter left out.
 */
export function lookupKeys(name: PreparedName): Set<string> {
  const telling = name.words.filter((word) => !COMMON.has(word));
  const words = telling.length > 0 ? telling : name.words;
  const ofWords = words.flatMap((word) => [
    ...(lettersOf(word).length >= LEAST_SOUNDS ? deletionsOf(lettersOf(word)) : [word]),
    ...soundKeys(word)
      .filter((key) => key.length >= LEAST_SOUNDS)
      .map((key) => `~${key}`),
  ]);
  return new Set([`=${name.whole}`, ...[...name.sounds].map((key) => `~${key}`), ...ofWords]);
}

/** From 0 (nothing in common) to 1 (the same words, in whatever order). The same both ways. */
export function likeness(a: PreparedName, b: PreparedName): number {
  if (a.whole === b.whole) return 1;
  const sound = [...a.sounds].some((key) => b.sounds.has(key)) ? SAME_SOUND : 0;
  return Math.max(sound, wordsAlike(a.words, b.words));
}

function wordsAlike(a: readonly string[], b: readonly string[]): number {
  const pairs = a
    .flatMap((one, i) => b.map((other, j) => ({ i, j, one, value: wordLikeness(one, other) })))
    .filter(({ value }) => value > 0)
    .sort((x, y) => y.value - x.value || weightOf(y.one) - weightOf(x.one));
  const left = new Set<number>();
  const right = new Set<number>();
  let shared = 0;
  let telling = 0;
  let sum = 0;
  for (const { i, j, one, value } of pairs) {
    if (left.has(i) || right.has(j)) continue;
    left.add(i);
    right.add(j);
    shared += value * (weightOf(one) + weightOf(b[j] ?? ''));
    sum += value;
    if (!COMMON.has(one)) telling += 1;
  }
  const all = [...a, ...b].reduce((total, word) => total + weightOf(word), 0);
  const dice = shared / all;
  // Two telling words and nothing of the shorter name missing.
  const contained = telling >= 2 && left.size === Math.min(a.length, b.length);
  return contained ? Math.max(dice, (LEFT_OUT * sum) / left.size) : dice;
}

function weightOf(word: string): number {
  return Math.min(lettersOf(word).length, MOST_WEIGHT) * (COMMON.has(word) ? COMMON_WEIGHT : 1);
}

const lettersOf = (word: string): string => (hasHangul(word) ? toLetters(word) : word);

function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const [one, other] = [lettersOf(a), lettersOf(b)];
  const longer = Math.max(one.length, other.length);
  const forgiven = editsForgiven(longer);
  const edits = editDistance(one, other, forgiven);
  const typed = edits <= forgiven && hasHangul(a) === hasHangul(b) ? 1 - edits / longer : 0;
  const keys = soundKeys(a).filter((key) => key.length >= LEAST_SOUNDS - 1);
  const sound = keys.some((key) => soundKeys(b).includes(key)) ? SAME_SOUND_WORD : 0;
  return Math.max(typed, sound);
}
