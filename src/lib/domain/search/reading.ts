import type { Lexicon } from './lexicon.ts';
import type { ParsedQuery } from './query.ts';

/** A query as it was understood, for people: piece by piece, with the concepts each piece names. */

export interface ReadPiece {
  /** As typed, or as repaired. */
  readonly text: string;
  /** Empty: nothing is known by this word; it is looked for as written. */
  readonly concepts: readonly { readonly id: string; readonly ko: string; readonly en: string }[];
  /** Whether a hit should have it. */
  readonly required: boolean;
}

export function readingOf(lexicon: Lexicon, query: ParsedQuery): ReadPiece[] {
  return query.units.map((unit) => ({
    text: unit.text,
    concepts: unit.concepts.map((id) => {
      const concept = lexicon.concepts.get(id);
      return { id, ko: concept?.ko ?? id, en: concept?.en ?? id };
    }),
    required: unit.required,
  }));
}

/** Do two readings of a query ask for the same, whatever made them? */
export function asksTheSame(a: ParsedQuery, b: ParsedQuery): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
