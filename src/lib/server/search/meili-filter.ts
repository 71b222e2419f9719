import { FACETS, type Facet, type FacetValues } from '#lib/domain/search/document.ts';
import type { Expr } from '#lib/domain/search/plan.ts';
import { noCounts } from '#lib/server/search/facet-codes.ts';
import { storedToken } from '#lib/server/search/meili-text.ts';
import type { Audience, FacetCounts } from '#lib/server/search/port.ts';

/** Token expressions, facets and audiences as filters of Meilisearch. Null stands for "can match nothing". */

/** First letters of tokens that are asked for by their beginning; they live in `words`, the others in `tags`. */
const IN_WORDS = new Set('nowhjst');

export const attributeOf = (token: string): 'words' | 'tags' =>
  IN_WORDS.has(token.charAt(0)) ? 'words' : 'tags';

/** A value in double quotes: only a quote and a backslash mean something there, and neither comes through storedToken. */
const quoted = (value: string): string => `"${value}"`;

/** A value that is stored as it is, such as an id. Half a character is none: the server takes no such request. */
const plain = (value: string): string => quoted(value.replace(/["\\]/g, '').toWellFormed());

function anyToken(tokens: readonly { token: string; prefix: boolean }[]): string[] {
  const whole = { words: new Set<string>(), tags: new Set<string>() };
  const parts: string[] = [];
  for (const { token, prefix } of tokens) {
    const stored = storedToken(token);
    if (stored === null) continue;
    if (prefix) parts.push(`${attributeOf(token)} STARTS WITH ${quoted(stored)}`);
    else whole[attributeOf(token)].add(stored);
  }
  for (const attribute of ['words', 'tags'] as const)
    if (whole[attribute].size > 0)
      parts.push(`${attribute} IN [${[...whole[attribute]].map(quoted).join(',')}]`);
  return parts;
}

/** The expression as a filter in brackets. */
export function filterOf(expr: Expr): string | null {
  if (expr.op === 'token') return filterOf({ op: 'or', of: [expr] });
  if (expr.op === 'and') {
    const parts = expr.of.map(filterOf);
    return parts.length === 0 || parts.includes(null) ? null : `(${parts.join(' AND ')})`;
  }
  const parts = anyToken(expr.of.filter((e) => e.op === 'token'));
  for (const part of expr.of) {
    const text = part.op === 'token' ? null : filterOf(part);
    if (text !== null) parts.push(text);
  }
  return parts.length === 0 ? null : `(${parts.join(' OR ')})`;
}

/**
 * A value of a facet as it is stored. All facets are one attribute: to count them the server goes through the hits
 * once, not once a facet.
 */
export const facetValue = (facet: Facet, value: string): string => `${facet}=${value}`;

/** Counts of the values of all facets, taken apart by facet. */
export function facetCounts(distribution: Readonly<Record<string, number>> = {}): FacetCounts {
  const counts = noCounts();
  for (const [stored, count] of Object.entries(distribution)) {
    const at = stored.indexOf('=');
    const facet = FACETS.find((f) => f === stored.slice(0, at));
    if (facet) counts[facet][stored.slice(at + 1)] = count;
  }
  return counts;
}

/** Any of a facet, all of the facets; one facet left out if named. Null: no filter. */
export function facetFilter(filters: FacetValues | undefined, without: Facet | null): string | null {
  const parts = FACETS.flatMap((facet) => {
    const values = facet === without ? [] : (filters?.[facet] ?? []);
    if (values.length === 0) return [];
    return [`facets IN [${values.map((value) => plain(facetValue(facet, value))).join(',')}]`];
  });
  return parts.length === 0 ? null : parts.join(' AND ');
}

/** The documents an audience may find. The same rules as `findableBy` of PostgreSQL. */
export function findable(audience: Audience): string {
  if (audience.kind === 'public') return 'visibility = "public"';
  if (audience.kind === 'official') return 'visibility != "private"';
  const open = audience.kind === 'company' && audience.vetted ? '"public","vetted"' : '"public"';
  const seen = `visibility IN [${open}]`;
  const id = audience.organisationId;
  if (id === null) return seen;
  return `(${seen} OR owner = ${plain(id)} OR (invited = ${plain(id)} AND visibility != "private"))`;
}

export const all = (...parts: (string | null)[]): string =>
  parts.filter((p) => p !== null && p !== '').join(' AND ');

/** These ids only. */
export const onlyIds = (ids: readonly string[]): string => `id IN [${ids.map(plain).join(',')}]`;

/** None of these ids. */
export const exceptIds = (ids: readonly string[]): string | null =>
  ids.length === 0 ? null : `id NOT IN [${ids.map(plain).join(',')}]`;
