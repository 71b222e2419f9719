import type { Expr } from '#lib/domain/search/plan.ts';

/** Token expressions as text of tsquery and tsvector. Lexemes are quoted, so no character of them is syntax. */

const quoted = (token: string): string => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** The expression as tsquery text; null when it can match nothing. */
export function tsquery(expr: Expr): string | null {
  if (expr.op === 'token') return quoted(expr.token) + (expr.prefix ? ':*' : '');
  const parts = expr.of.map(tsquery);
  if (expr.op === 'and') {
    if (parts.length === 0 || parts.includes(null)) return null;
    return `(${parts.join(' & ')})`;
  }
  const kept = parts.filter((p) => p !== null);
  return kept.length === 0 ? null : `(${kept.join(' | ')})`;
}

/** A list of tokens as tsvector text. Longer lexemes than PostgreSQL takes are left out. */
export function tsvector(tokens: readonly string[]): string {
  return tokens
    .filter((t) => t.length < 500)
    .map(quoted)
    .join(' ');
}
