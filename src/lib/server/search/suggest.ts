import { companyNameKey } from '#lib/domain/search/company-name.ts';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { fromKeys, hasHangul, isAllSyllables, isChoseong, splitClusters } from '#lib/domain/search/hangul.ts';
import { nearTerms, termKey, termsStarting, type Lexicon } from '#lib/domain/search/lexicon.ts';
import { or, type Expr } from '#lib/domain/search/plan.ts';
import { soundKeys } from '#lib/domain/search/romanise.ts';
import { isEnoughToSuggest } from '#lib/domain/search/suggesting.ts';
import type { SuggestRequest, Suggestion } from '#lib/server/search/port.ts';

/** Suggestions while typing: what both engines have in common. */

const DEFAULT_LIMIT = 5;

/** Minerals and capabilities whose terms begin with what was typed: one line each, in the reader's language. */
function suggestTerms(lexicon: Lexicon, request: SuggestRequest, most: number): Suggestion[] {
  const typed = termKey(request.q);
  const keys = isChoseong(request.q)
    ? (lexicon.choseong.get(splitClusters(request.q).replace(/\s+/g, '')) ?? [])
    : [...(lexicon.terms.has(typed) ? [typed] : []), ...termsStarting(lexicon, typed, 30)];
  const found = keys.length > 0 ? keys : nearTerms(lexicon, typed);
  const out = new Map<string, Suggestion>();
  for (const key of found)
    for (const { concept: id } of lexicon.terms.get(key) ?? []) {
      const concept = lexicon.concepts.get(id);
      if (!concept || out.has(id) || out.size >= most) continue;
      if (concept.kind !== 'mineral' && concept.kind !== 'capability') continue;
      const kind = concept.kind;
      if (request.kinds && !request.kinds.includes(kind)) continue;
      out.set(id, { kind, text: request.lang === 'en' ? concept.en : concept.ko, id });
    }
  return [...out.values()];
}

const starts = (mark: string, value: string): Expr => ({
  op: 'token',
  token: `${mark}:${value}`,
  prefix: true,
});

/** Names that begin with what was typed, in any of the ways people type. */
export function namesStarting(q: string): Expr {
  if (isChoseong(q)) return starts('h', splitClusters(q).replace(/\s+/g, ''));
  const key = companyNameKey(q);
  const readings = [starts('n', key), starts('w', key)];
  if (/^[a-z]+$/i.test(key)) {
    const typed = fromKeys(key);
    if (isAllSyllables(typed)) readings.push(starts('n', typed));
    for (const sound of soundKeys(key)) if (sound.length > 3) readings.push(starts('s', sound));
  } else if (hasHangul(key))
    for (const sound of soundKeys(key)) if (sound.length > 4) readings.push(starts('s', sound));
  return or(readings);
}

/** Asks an engine for names: at most `most` of each kind, in the order of the kinds. */
export type FindNames = (
  kinds: readonly IndexKind[],
  request: SuggestRequest,
  most: number,
) => Promise<Suggestion[]>;

/** A few lines for a half-typed query: terms of the field first, then companies, opportunities and projects. */
export async function suggestWith(
  lexicon: Lexicon,
  request: SuggestRequest,
  findNames: FindNames,
): Promise<Suggestion[]> {
  const q = request.q.normalize('NFC').trim();
  if (!isEnoughToSuggest(q)) return [];
  const limit = request.limit ?? DEFAULT_LIMIT;
  const asked = { ...request, q };
  const kinds = INDEX_KINDS.filter((k) => !request.kinds || request.kinds.includes(k));
  const terms = suggestTerms(lexicon, asked, limit);
  const named = await findNames(kinds, asked, limit);
  const room = Math.max(limit - named.length, Math.ceil(limit / 2));
  return [...terms.slice(0, room), ...named].slice(0, limit);
}
