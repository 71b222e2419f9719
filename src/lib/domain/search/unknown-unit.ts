import { type Word } from './analyse.ts';
import { atom, conceptAtoms, distinct, scaled, startOf, type Atom } from './atoms.ts';
import { hasHangul, isAllSyllables, isJamo, toLetters } from './hangul.ts';
import { readableLayout } from './keyboard.ts';
import { nearTerms, termsStarting, type ConceptKind, type Lexicon } from './lexicon.ts';
import { loanTerms } from './loanword.ts';
import type { Unit } from './query.ts';
import { soundKeys } from './romanise.ts';

/** Words of a query that are no terms: found as written, as the beginning of a word, by sound, or as a slip. */

/** Shares of the kinds of units in a score. */
export const WEIGHT: Readonly<Record<ConceptKind | 'unknown', number>> = {
  ...{ mineral: 0.8, group: 0.8, product: 1, process: 0.9, capability: 1, certificate: 0.9, stage: 0.7 },
  ...{ country: 0.6, region: 0.45, size: 0.35, status: 0.3, type: 0.25, word: 0.3, unknown: 0.8 },
};

/** A word found exactly, best in a name. */
export const exactWord = (word: string, weight: number): Atom[] => [
  atom('nameWord', word, weight),
  atom('name', word, weight),
  atom('word', word, weight * 0.5),
];

/** Letters from which a beginning is worth trying: two syllables, or three Latin letters. */
const isLong = (word: string): boolean => {
  const unfinished = isJamo(word.charCodeAt(word.length - 1));
  return hasHangul(word) && !unfinished ? toLetters(word).length > 3 : toLetters(word).length > 2;
};

/** A word that the lexicon does not know, as something to look up. `last`: it may be half typed. */
export function unknownUnit(lexicon: Lexicon, word: Word, last: boolean, parts: readonly Unit[]): Unit {
  const forms = word.hangul ? word.forms : [...new Set([word.text, ...word.forms])];
  const direct: Atom[] = [];
  forms.forEach((form, i) => {
    const weight = i === 0 ? 1 : 0.9;
    direct.push(...exactWord(form, 0.95 * weight));
    if (isLong(form))
      direct.push(startOf('name', form, 0.8 * weight), startOf('nameWord', form, 0.75 * weight));
  });
  if (isLong(word.text) && (last || word.hangul)) direct.push(startOf('word', word.text, 0.36));
  const everyday = forms.some((f) => lexicon.everyday.has(f));
  const latin = !word.hangul && !/\d/.test(word.text);
  const sounds = everyday ? [] : soundAtoms(word.text, latin ? 3 : 5);
  const meant = everyday ? [] : guesses(lexicon, forms);
  return {
    text: word.raw,
    kind: 'unknown',
    concepts: [],
    weight: WEIGHT.unknown,
    required: true,
    direct: distinct(latin ? [...direct, ...sounds] : direct),
    extended: distinct([...(latin ? [] : sounds), ...guessAtoms(lexicon, meant)]),
    parts,
    probe: {
      forms,
      letters: toLetters(word.text),
      layout: readableLayout(word.raw),
      sound: latin ? (soundKeys(word.text)[0] ?? '') : '',
      guess: !everyday && !/\d/.test(word.text),
    },
    guess: meant[0]?.key ?? null,
  };
}

/** @param least letters of a sound worth asking for; two syllables of Hangul sound like too much else */
function soundAtoms(word: string, least: number): Atom[] {
  return soundKeys(word).flatMap((sound) => {
    if (sound.length < least) return [];
    // A long sound is hardly ever another name's.
    const near = [atom('soundWord', sound, sound.length > 4 ? 0.82 : 0.75), atom('sound', sound, 0.83)];
    return sound.length > 4 ? [...near, startOf('sound', sound, 0.6)] : near;
  });
}

interface Guess {
  readonly key: string;
  readonly weight: number;
}

/** Terms of the lexicon that a mistyped or unfinished word may have meant, likeliest first. */
function guesses(lexicon: Lexicon, forms: readonly string[]): Guess[] {
  for (const form of forms) {
    const near = nearTerms(lexicon, form).map((key) => ({ key, weight: 0.85 }));
    const begun = isLong(form) ? termsStarting(lexicon, form, 6).map((key) => ({ key, weight: 0.75 })) : [];
    const sounding = hasHangul(form) ? loanTerms(lexicon, form) : termsSounding(lexicon, form);
    const heard = sounding.map((key) => ({ key, weight: 0.8 }));
    if (near.length + begun.length + heard.length > 0) return [...near, ...heard, ...begun];
  }
  return [];
}

const heardTerms = new WeakMap<Lexicon, Map<string, string[]>>();

/** Terms of the field that a Latin word spells by sound: heukyeon → 흑연, grafite → graphite. */
function termsSounding(lexicon: Lexicon, word: string): string[] {
  let table = heardTerms.get(lexicon);
  if (!table) {
    heardTerms.set(lexicon, (table = new Map()));
    for (const [, key] of lexicon.letters) {
      if (isAllSyllables(key) ? key.length > 6 : !/^[a-z]{5,}$/.test(key)) continue;
      for (const sound of soundKeys(key)) table.set(sound, [...(table.get(sound) ?? []), key]);
    }
  }
  const sounds = soundKeys(word).filter((sound) => sound.length > 4);
  return [...new Set(sounds.flatMap((sound) => table.get(sound) ?? []))];
}

const guessAtoms = (lexicon: Lexicon, meant: readonly Guess[]): Atom[] =>
  distinct(meant.flatMap((g) => termAtoms(lexicon, g.key, g.weight))).slice(0, 30);

/** Atoms of the concepts that a term key names. */
export function termAtoms(lexicon: Lexicon, key: string, weight: number): Atom[] {
  return (lexicon.terms.get(key) ?? []).flatMap((h) =>
    scaled(conceptAtoms(lexicon, h.concept).direct, weight),
  );
}
