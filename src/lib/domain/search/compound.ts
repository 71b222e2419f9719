import { isSuffix, isTail } from './particles.ts';
import type { Lexicon, TermHit } from './lexicon.ts';
import { onePer, remembering } from './remembering.ts';

/**
 * A written Korean word taken apart by the lexicon: 수산화리튬공장 → 수산화리튬 + 공장, 포스코인터내셔널 → 포스코 +
 * 인터내셔널. A cut that would leave a single unknown syllable is refused, so 너구리 and 확인산정 stay whole.
 */

export interface Piece {
  readonly text: string;
  /** Offset in the word. */
  readonly at: number;
  readonly kind: 'term' | 'everyday' | 'unknown' | 'tail';
  readonly hits: readonly TermHit[];
}

interface Path {
  /** Syllables covered by known words. */
  known: number;
  pieces: number;
  from: number;
  kind: Piece['kind'];
}

/** One-syllable prefixes that may stand before a known word. */
const PREFIXES = new Set(['신', '고', '초', '재', '폐', '탈', '저', '비']);
const NO_HITS: readonly TermHit[] = [];
const CACHE_LIMIT = 60_000;
const segmenting = onePer((lexicon: Lexicon) =>
  remembering(CACHE_LIMIT, (word) => (word.length > 40 ? whole(word) : bestSplit(lexicon, word))),
);

const better = (a: Path, b: Path | undefined): boolean =>
  b === undefined || a.known > b.known || (a.known === b.known && a.pieces < b.pieces);

/** Hits of a piece that may stand inside a word: traps and one-syllable terms may not. */
function innerHits(lexicon: Lexicon, text: string): readonly TermHit[] {
  const hits = lexicon.terms.get(text);
  if (!hits || text.length < 2) return NO_HITS;
  return hits.some((h) => h.form !== 'trap') ? hits.filter((h) => h.form !== 'trap') : NO_HITS;
}

/** Splits a folded Hangul word; one piece of kind `unknown` when nothing in it is known. */
export function segment(lexicon: Lexicon, word: string): readonly Piece[] {
  return segmenting(lexicon)(word);
}

const whole = (word: string): Piece[] => [{ text: word, at: 0, kind: 'unknown', hits: NO_HITS }];

function bestSplit(lexicon: Lexicon, word: string): readonly Piece[] {
  const best: (Path | undefined)[] = [{ known: 0, pieces: 0, from: 0, kind: 'tail' }];
  for (let end = 1; end <= word.length; end++) {
    for (let from = Math.max(0, end - lexicon.longest.ko); from < end; from++) {
      const before = best[from];
      if (!before) continue;
      const kind = kindOf(lexicon, word, from, end, before);
      if (kind === null) continue;
      const size = end - from;
      const counted = kind === 'unknown' ? 0 : kind === 'tail' ? size - 1 : size;
      // Unknown stretches cost two pieces, so that 리튬 + 코리아 is preferred to a longer chain of scraps.
      const path = {
        known: before.known + counted,
        pieces: before.pieces + (kind === 'unknown' ? 2 : 1),
        from,
        kind,
      };
      if (better(path, best[end])) best[end] = path;
    }
  }
  return trace(lexicon, word, best) ?? whole(word);
}

function kindOf(
  lexicon: Lexicon,
  word: string,
  from: number,
  end: number,
  before: Path,
): Piece['kind'] | null {
  const text = word.slice(from, end);
  if (text.length >= 2 && lexicon.everyday.has(text)) return 'everyday';
  if (innerHits(lexicon, text).length > 0) return 'term';
  if (before.kind === 'unknown') return null;
  const atEnd = end === word.length;
  if (atEnd && from > 0 && (isTail(text) || isSuffix(text))) return 'tail';
  if (text.length >= 2) return 'unknown';
  return from === 0 && !atEnd && PREFIXES.has(text) ? 'unknown' : null;
}

function trace(lexicon: Lexicon, word: string, best: readonly (Path | undefined)[]): readonly Piece[] | null {
  const out: Piece[] = [];
  for (let end = word.length; end > 0;) {
    const path = best[end];
    if (!path) return null;
    const text = word.slice(path.from, end);
    const hits = path.kind === 'term' ? innerHits(lexicon, text) : NO_HITS;
    out.push({ text, at: path.from, kind: path.kind, hits });
    end = path.from;
  }
  return out.reverse();
}
