import type { Term, Word } from './analyse.ts';
import type { IndexKind } from './document.ts';
import { hasHangul } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
import type { Unit } from './query.ts';
import { leadingKind, optional, termUnit } from './term-unit.ts';

/**
 * Two parts of a query that are one term in another order or with words between them: 음극재 흑연, 리튬 수산화,
 * "recycling of neodymium magnets". The term is asked for as well, and instead of a part that is nothing by itself.
 */

/** A stretch of a query as it was read: a term, or a word that is none. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly keys: readonly string[];
  /** The places of its units, last exclusive. */
  readonly units: readonly [number, number];
  readonly known: boolean;
}

const MOST_SEGMENTS = 8;

/** Of several Latin words the last also counts alone: the magnets of "neodymium magnets". */
export const termSegment = (term: Term, units: readonly [number, number]): Segment => ({
  ...{ from: term.from, to: term.to, units, known: true },
  keys: [...new Set([term.key, term.key.slice(term.key.lastIndexOf(' ') + 1)])],
});

export const wordSegment = (word: Word, at: number, units: readonly [number, number]): Segment => ({
  ...{ from: at, to: at + 1, keys: [...new Set([word.text, ...word.forms])], units, known: false },
});

const joined = (a: string, b: string): string =>
  hasHangul(a + b) ? (a + b).replaceAll(' ', '') : `${a} ${b}`;

/** Keys under which two segments may be one term: turned round, or with what stands between them left out. */
function pairKeys(a: Segment, b: Segment): string[] {
  const keys = a.keys.flatMap((x) => b.keys.map((y) => joined(y, x)));
  return a.to < b.from ? [...keys, ...a.keys.flatMap((x) => b.keys.map((y) => joined(x, y)))] : keys;
}

function termOfPair(lexicon: Lexicon, a: Segment, b: Segment): Term | null {
  for (const key of pairKeys(a, b)) {
    const hits = lexicon.terms.get(key);
    if (!hits || hits.every((h) => h.form === 'trap') || leadingKind(lexicon, hits) === 'word') continue;
    return { start: 0, end: 0, from: 0, to: 1, key, hits };
  }
  return null;
}

/** The units of a query with the terms that its parts make together. */
export function recombined(
  lexicon: Lexicon,
  words: readonly Word[],
  units: readonly Unit[],
  segments: readonly Segment[],
  kind: IndexKind,
): Unit[] {
  if (segments.length < 2 || segments.length > MOST_SEGMENTS) return [...units];
  const out = [...units];
  const held = new Set(units.flatMap((u) => u.concepts));
  const text = (s: Segment): string =>
    words
      .slice(s.from, s.to)
      .map((w) => w.raw)
      .join(' ');
  segments.forEach((a, i) => {
    for (const b of segments.slice(i + 1)) {
      const term = termOfPair(lexicon, a, b);
      if (term === null || term.hits.some((h) => held.has(h.concept))) continue;
      for (const hit of term.hits) held.add(hit.concept);
      const unit: Unit = { ...termUnit(lexicon, [], term, kind), text: `${text(a)} ${text(b)}` };
      const vague = [a, b].filter((s) => !s.known);
      for (const s of vague)
        for (let at = s.units[0]; at < s.units[1]; at++) out[at] = optional(out[at] ?? unit, 0.25);
      out.push(vague.length > 0 ? { ...unit, required: true } : optional(unit));
    }
  });
  return out;
}
