import { analyse, formsOf, type Word } from './analyse.ts';
import type { Atom } from './atoms.ts';
import { isSyllable, toChoseong } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
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
}

/** A stretch of text: start and end (exclusive) in UTF-16 units of the NFC text. */
export type Range = readonly [start: number, end: number];

export const NO_TERMS: HighlightTerms = { concepts: [], words: [], starts: [], consonants: [], sounds: [] };

const flat = (units: readonly Unit[]): Unit[] => units.flatMap((u) => [u, ...flat(u.parts)]);

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
  };
}

function wordRange(word: Word, terms: HighlightTerms, sets: Sets): Range | null {
  const same = word.raw.length === word.text.length;
  for (const form of [word.text, ...formsOf(word)])
    if (sets.words.has(form))
      return [word.start, same ? word.start + Math.min(form.length, word.raw.length) : word.end];
  for (const start of terms.starts)
    if (word.text.startsWith(start)) return [word.start, same ? word.start + start.length : word.end];
  for (const inside of terms.words) {
    const at = inside.length > 1 && same && word.hangul ? word.text.indexOf(inside) : -1;
    if (at >= 0) return [word.start + at, word.start + at + inside.length];
  }
  if (terms.consonants.length > 0 && isSyllable(word.text.charCodeAt(0))) {
    const own = toChoseong(word.text);
    for (const wanted of terms.consonants)
      if (own.startsWith(wanted) && same) return [word.start, word.start + wanted.length];
  }
  if (sets.sounds.size > 0 && word.text.length > 1 && soundKeys(word.text).some((s) => sets.sounds.has(s)))
    return [word.start, word.end];
  return null;
}

interface Sets {
  readonly concepts: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly sounds: ReadonlySet<string>;
}

/** The stretches of a text (NFC) to mark, in order, not overlapping. */
export function highlight(lexicon: Lexicon, terms: HighlightTerms, text: string): Range[] {
  const sets: Sets = {
    concepts: new Set(terms.concepts),
    words: new Set(terms.words),
    sounds: new Set(terms.sounds),
  };
  const { words, terms: found } = analyse(lexicon, text);
  const answers = (id: string): boolean =>
    sets.concepts.has(id) ||
    (lexicon.concepts.get(id)?.ancestors.some((up) => sets.concepts.has(up)) ?? false);
  const ranges: Range[] = [];
  for (const term of found)
    if (sets.words.has(term.key) || term.hits.some((h) => h.form !== 'trap' && answers(h.concept)))
      ranges.push([term.start, term.end]);
  for (const word of words) {
    const range = wordRange(word, terms, sets);
    if (range) ranges.push(range);
  }
  return merge(ranges);
}

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
