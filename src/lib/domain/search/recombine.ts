import type { Term, Word } from './analyse.ts';
import type { IndexKind } from './document.ts';
import { hasHangul } from './hangul.ts';
import type { ConceptKind, Lexicon } from './lexicon.ts';
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

/** Of several words the last also counts alone: the magnets of "neodymium magnets", 배터리 of 전기차 배터리. */
export function termSegment(words: readonly Word[], term: Term, units: readonly [number, number]): Segment {
  const last = term.to - term.from > 1 ? words[term.to - 1] : undefined;
  const keys = [...new Set([term.key, ...(last?.forms ?? [])])];
  return { from: term.from, to: term.to, keys, units, known: true };
}

export const wordSegment = (word: Word, at: number, units: readonly [number, number]): Segment => ({
  ...{ from: at, to: at + 1, keys: keysOf(word), units, known: false },
});

/** What is said of things that have been used, and what it is called before their names: 버려진 자석 is 폐자석. */
const USED = new Set([
  ...['쓴', '버린', '버려진', '버려지는', '버리는', '사용한', '사용후', '쓰던', '낡은', '못쓰는', '수명다한'],
  ...['폐기된', '폐기', 'used', 'spent', 'old', 'dead', 'scrap', 'scrapped', 'discarded', 'retired', 'waste'],
]);
const USED_KEYS = ['폐', 'spent', 'waste', 'scrap', 'end of life'];

/** Of a term that says so, the thing that has been used: 자석 of 폐자석; null for other terms. */
export function usedThing(key: string): string | null {
  for (const used of USED_KEYS) {
    const gap = hasHangul(used) ? '' : ' ';
    if (key.startsWith(used + gap) && key.length > used.length) return key.slice(used.length + gap.length);
    if (key.endsWith(gap + used) && key.length > used.length) return key.slice(0, -used.length - gap.length);
  }
  return null;
}

/** Whether a word says that a thing has been used. */
export const isSaidOfUsed = (word: Word): boolean => [word.text, ...word.forms].some((key) => USED.has(key));

function keysOf(word: Word): string[] {
  const keys = [...new Set([word.text, ...word.forms])];
  return isSaidOfUsed(word) ? [...keys, ...USED_KEYS] : keys;
}

const joined = (a: string, b: string): string =>
  hasHangul(a + b) ? (a + b).replaceAll(' ', '') : `${a} ${b}`;

/** Keys under which two segments may be one term: turned round, or with what stands between them left out. */
function pairKeys(a: Segment, b: Segment): string[] {
  const apart = a.to < b.from;
  return a.keys.flatMap((x) =>
    b.keys.flatMap((y) => {
      // Side by side, English nouns turned round are something else: mining contracts are no contract mining.
      const turned = apart || hasHangul(x + y) ? [joined(y, x)] : [];
      return apart || USED_KEYS.includes(x) ? [joined(x, y), ...turned] : turned;
    }),
  );
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

/** Words between two parts of a term in a text, at most. */
const NEAR = 4;
const NO_UNITS = [0, 0] as const;
/** One part at least names something of the field: 광산 and 설계 a few words apart mean nothing together. */
const TELLING = new Set<ConceptKind>(['mineral', 'group', 'product', 'process', 'capability']);

/** Whether words stand together with nothing but a space or a hyphen before each. */
function isOneClause(words: readonly Word[], from: number, to: number): boolean {
  for (let i = from; i <= to; i++) {
    const gap = (words[i]?.start ?? 0) - (words[i - 1]?.end ?? 0);
    if (words[i]?.joined !== true || gap > 1) return false;
  }
  return true;
}

/**
 * Concepts that parts of one clause name together: "magnets" and "recycled" a few words apart.
 */
export function namedTogether(lexicon: Lexicon, words: readonly Word[], terms: readonly Term[]): string[] {
  const telling = new Set<Segment>();
  const segments = terms.map((term) => {
    const segment = termSegment(words, term, NO_UNITS);
    if (TELLING.has(leadingKind(lexicon, term.hits))) telling.add(segment);
    return segment;
  });
  if (telling.size === 0) return [];
  words.forEach((word, i) => {
    if (isSaidOfUsed(word)) segments.push(wordSegment(word, i, NO_UNITS));
  });
  if (segments.length < 2) return [];
  segments.sort((a, b) => a.from - b.from);
  const found: string[] = [];
  segments.forEach((a, i) => {
    for (let j = i + 1; j < segments.length; j++) {
      const b = segments[j];
      if (!b || b.from - a.to > NEAR) break;
      if (!telling.has(a) && !telling.has(b)) continue;
      if (b.from < a.to || !isOneClause(words, a.to, b.from)) continue;
      for (const hit of termOfPair(lexicon, a, b)?.hits ?? [])
        if (hit.form !== 'trap') found.push(hit.concept);
    }
  });
  return found;
}
