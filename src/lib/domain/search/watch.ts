import { FACETS, facetToken, type FacetValues, type IndexKind } from './document.ts';
import type { Lexicon } from './lexicon.ts';
import { planQuery, type Expr } from './plan.ts';
import { parseQuery, type ParsedQuery } from './query.ts';
import { probesOf, resolveQuery, type Vocabulary } from './resolve.ts';
import type { SavedFilters } from './saved.ts';

/**
 * What a saved search waits for: the strictest reading of its words as one expression over the tokens of a document.
 * A list is widened when it is short; an alert is not, or it would tell of what was not asked for.
 */

/** Every document. */
export const EVERYTHING: Expr = { op: 'and', of: [] };
/** No document. */
export const NOTHING: Expr = { op: 'or', of: [] };

/**
 * The query with its uncertain words read by the vocabulary. A word that is in no document yet is still waited for:
 * a list leaves it out so as not to be empty.
 */
export function readWatched(lexicon: Lexicon, parsed: ParsedQuery, vocabulary: Vocabulary): ParsedQuery {
  const read = resolveQuery(lexicon, parsed, vocabulary);
  return {
    ...read,
    units: read.units.map((unit, i) => ({ ...unit, required: parsed.units[i]?.required ?? unit.required })),
  };
}

/** The expression of a query that was read. */
export function watched(query: ParsedQuery): Expr {
  if (query.empty) return EVERYTHING;
  return planQuery(query).levels.find((level) => !level.widened)?.match ?? NOTHING;
}

/** Words as an expression, uncertain ones read by what documents hold. */
export function watchedWords(lexicon: Lexicon, q: string, kind: IndexKind, vocabulary: Vocabulary): Expr {
  return watched(readWatched(lexicon, parseQuery(lexicon, q, kind), vocabulary));
}

/** Does the reading of these words depend on what documents hold? */
export function isUncertain(query: ParsedQuery): boolean {
  return probesOf(query).length > 0;
}

/** The filters that documents hold as tokens, as an expression: any of a facet, all of the facets. */
export function watchedFilters(filters: SavedFilters | FacetValues): Expr {
  const held = filters as Readonly<Record<string, readonly string[] | undefined>>;
  const parts = FACETS.flatMap((facet): Expr[] => {
    const values = held[facet] ?? [];
    if (values.length === 0) return [];
    return [
      { op: 'or', of: values.map((v) => ({ op: 'token', token: facetToken(facet, v), prefix: false })) },
    ];
  });
  return { op: 'and', of: parts };
}

/** Is an expression true of the tokens of one document? The plain reading that the compiled set must agree with. */
export function isTrueOf(expr: Expr, tokens: ReadonlySet<string>): boolean {
  if (expr.op === 'token') {
    if (!expr.prefix) return tokens.has(expr.token);
    for (const token of tokens) if (token.startsWith(expr.token)) return true;
    return false;
  }
  const isTrue = (part: Expr) => isTrueOf(part, tokens);
  return expr.op === 'and' ? expr.of.every(isTrue) : expr.of.some(isTrue);
}

/** An expression as it is stored: a token, a beginning marked by `*`, or `&` or `|` before the parts. */
export type Packed = string | readonly Packed[];

export function pack(expr: Expr): Packed {
  if (expr.op === 'token') return expr.prefix ? ['*', expr.token] : expr.token;
  return [expr.op === 'and' ? '&' : '|', ...expr.of.map(pack)];
}

export function unpack(packed: Packed): Expr {
  if (typeof packed === 'string') return { op: 'token', token: packed, prefix: false };
  const [mark, ...rest] = packed;
  if (mark === '*') return { op: 'token', token: String(rest[0]), prefix: true };
  return { op: mark === '&' ? 'and' : 'or', of: rest.map(unpack) };
}
