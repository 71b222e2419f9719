import { analyse, type Word } from './analyse.ts';
import type { Atom } from './atoms.ts';
import { isSyllable, toChoseong, toLetters } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
import { foldedInPlace, widthFolded } from './normalize.ts';
import type { ParsedQuery, Unit } from './query.ts';
import { soundKeys } from './romanise.ts';

/**
 * Which parts of a text answer a query. Ranges come from the analyser, not from an engine: they begin and end at
 * whole syllables, cover the matched part of a compound only, and are the same on every engine.
 */

/** What to mark, taken from a query as it was read. Plain data: it may be kept or sent. */
export interface HighlightTerms {
  readonly concepts: readonly string[];
  readonly words: readonly string[];
  readonly starts: readonly string[];
  readonly consonants: readonly string[];
  readonly sounds: readonly string[];
  /** What was asked for, as typed or as it was read; the longest first. */
  readonly asked: readonly string[];
}

/** A stretch of text: start and end (exclusive) in UTF-16 units of the NFC text. */
export type Range = readonly [start: number, end: number];

export const NO_TERMS: HighlightTerms = {
  ...{ concepts: [], words: [], starts: [], consonants: [], sounds: [] },
  asked: [],
};

const flat = (units: readonly Unit[]): Unit[] => units.flatMap((u) => [u, ...flat(u.parts)]);

function askedFor(query: ParsedQuery, units: readonly Unit[]): string[] {
  const read = query.notes.filter((n) => n.kind === 'keyboard' || n.kind === 'spelling').map((n) => n.to);
  const texts = [...units.flatMap(({ text }) => [text, text.replace(/\s+/g, '')]), ...read].map(
    foldedInPlace,
  );
  return [...new Set(texts)].filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
}

/** The terms to mark for a query. */
export function highlightTerms(query: ParsedQuery): HighlightTerms {
  const units = flat(query.units);
  const atoms: readonly Atom[] = [
    ...query.exact,
    ...query.prefix,
    ...units.flatMap((u) => [...u.direct, ...u.extended.filter((a) => a.weight >= 0.4)]),
  ];
  const of = (marks: string, prefix: boolean | null): string[] => [
    ...new Set(
      atoms
        .filter((a) => marks.includes(a.token.charAt(0)) && (prefix === null || a.prefix === prefix))
        .map((a) => a.token.slice(2).replaceAll('_', ' ')),
    ),
  ];
  return {
    concepts: [...new Set([...of('gkmu', false), ...units.flatMap((u) => [...u.concepts])])],
    words: of('nowt', false),
    starts: of('nowt', true),
    consonants: of('hj', null),
    sounds: of('sq', null),
    asked: askedFor(query, units),
  };
}

/** Of a word that begins with the typed letters, the syllables they reach into: 해소 and 해솔ㅍ both begin 해솔플랜트. */
function begun(word: Word, { start, typed }: Start): number {
  if (!word.hangul || start.length < 2) return 0;
  for (let most = start.length; most > 0 && most >= start.length - 1; most--)
    if (toLetters(word.text.slice(0, most)).startsWith(typed)) return most;
  return 0;
}

/** How much of a word is heard in the query: its first syllables, if they sound so, else all of it. 0: nothing. */
function heard(word: Word, sounds: ReadonlySet<string>): number {
  if (sounds.size === 0 || word.text.length < 2) return 0;
  const sounding = (text: string) => soundKeys(text).some((key) => sounds.has(key));
  for (let most = 2; word.hangul && most < word.text.length; most++)
    if (sounding(word.text.slice(0, most))) return most;
  return sounding(word.text) ? word.text.length : 0;
}

/** The part of a word to mark, counted from its beginning. */
function wordRange(word: Word, terms: HighlightTerms, sets: Sets): Range | null {
  const same = word.raw.length === word.text.length;
  const first = (length: number): Range => [0, same ? Math.min(length, word.raw.length) : word.raw.length];
  for (const form of [word.text, ...word.forms]) if (sets.words.has(form)) return first(form.length);
  for (const start of terms.starts) if (word.text.startsWith(start)) return first(start.length);
  for (const inside of terms.words) {
    const at = inside.length > 1 && same && word.hangul ? word.text.indexOf(inside) : -1;
    if (at >= 0) return [at, at + inside.length];
  }
  const reached = Math.max(...sets.starts.map((start) => begun(word, start)), 0) || heard(word, sets.sounds);
  return reached > 0 ? first(reached) : null;
}

/** First consonants, beginning at a word and running on over spaces: ㅎㅅㅍㄹㅌ in 해솔 플랜트. */
function consonantRanges(words: readonly Word[], wanted: readonly string[]): Range[] {
  if (wanted.length === 0) return [];
  const syllables = words.flatMap((word) =>
    word.raw
      .split('')
      .flatMap((letter, i) =>
        isSyllable(letter.charCodeAt(0))
          ? [{ at: word.start + i, first: i === 0, initial: toChoseong(letter) }]
          : [],
      ),
  );
  const initials = syllables.map(({ initial }) => initial).join('');
  return wanted.flatMap((letters) =>
    syllables.flatMap(({ at, first }, i): Range[] => {
      if (!first || !initials.startsWith(letters, i)) return [];
      return [[at, (syllables[i + letters.length - 1]?.at ?? at) + 1]];
    }),
  );
}

/**
 * The part of a stretch that was asked for as such: of 수산화리튬, found by 리튬, the last two syllables. A stretch that
 * is another word for what was asked for is marked whole.
 */
function narrowed(text: string, range: Range, asked: readonly string[]): Range {
  const inside = text.slice(...range);
  for (const one of asked) {
    const at = inside.indexOf(one);
    if (at >= 0) return [range[0] + at, range[0] + at + one.length];
  }
  return range;
}

/** What a word may begin with, and the keys it is typed by. */
interface Start {
  readonly start: string;
  readonly typed: string;
}

interface Sets {
  readonly concepts: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly sounds: ReadonlySet<string>;
  readonly starts: readonly Start[];
}

/** Marks texts (NFC) for one query: the stretches of each, in order, not overlapping. Names share many words. */
export function highlighter(lexicon: Lexicon, terms: HighlightTerms): (text: string) => Range[] {
  const sets: Sets = {
    concepts: new Set(terms.concepts),
    words: new Set(terms.words),
    sounds: new Set(terms.sounds),
    starts: terms.starts.map((start) => ({ start, typed: toLetters(start) })),
  };
  const asked = [...terms.asked, ...terms.words.filter((word) => word.length > 1)];
  const answers = (id: string): boolean =>
    sets.concepts.has(id) ||
    (lexicon.concepts.get(id)?.ancestors.some((up) => sets.concepts.has(up)) ?? false);
  const seen = new Map<string, Range | null>();
  const rangeOf = (word: Word): Range | null => {
    let range = seen.get(word.raw);
    if (range === undefined) seen.set(word.raw, (range = wordRange(word, terms, sets)));
    return range;
  };
  return (text) => {
    const plain = widthFolded(text);
    const { words, terms: found } = analyse(lexicon, plain);
    const ranges: Range[] = [];
    for (const term of found)
      if (sets.words.has(term.key) || term.hits.some((h) => h.form !== 'trap' && answers(h.concept)))
        ranges.push([term.start, term.end]);
    for (const word of words) {
      const range = rangeOf(word);
      if (range) ranges.push([word.start + range[0], word.start + range[1]]);
    }
    const folded = ranges.length > 0 ? foldedInPlace(plain) : plain;
    const marked = merge(ranges).map((range) => narrowed(folded, range, asked));
    return merge([...marked, ...consonantRanges(words, terms.consonants)]);
  };
}

/** The stretches of a text (NFC) to mark. */
export const highlight = (lexicon: Lexicon, terms: HighlightTerms, text: string): Range[] =>
  highlighter(lexicon, terms)(text);

function merge(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const out: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = out.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}
