import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FACETS, type SearchDocument, type VocabularyWord } from '#lib/domain/search/document.ts';
import type { Rankable } from '#lib/domain/search/rank.ts';
import { attributeOf, facetValue } from '#lib/server/search/meili-filter.ts';
import { GUARD } from '#lib/server/search/meili-settings.ts';
import { readToken, sortKey, storedToken } from '#lib/server/search/meili-text.ts';

/** Documents and words as Meilisearch stores them. */

/** Milliseconds that no change lies beyond: vetted documents stand above all others in one number. */
const ERA_MS = 4e12;

/** Facet values are filtered by their own attributes. */
const FACET_TOKEN = 'f:';

export function storedDocument(document: SearchDocument): Record<string, unknown> {
  const [ko, en] = [document.nameKo || document.nameEn, document.nameEn || document.nameKo];
  const updated = document.updatedAt.getTime();
  const tokens: Record<'words' | 'tags', string[]> = { words: [], tags: [] };
  for (const token of document.tokens) {
    if (token.startsWith(FACET_TOKEN)) continue;
    const stored = storedToken(token);
    if (stored !== null) tokens[attributeOf(token)].push(stored);
  }
  return {
    ...{ id: document.id, version: document.version, source: document.source },
    ...{ external_id: document.externalId, name_ko: ko, name_en: en },
    ...{ words: tokens.words, tags: tokens.tags },
    facets: FACETS.flatMap((f) => (document.facets[f] ?? []).map((value) => facetValue(f, value))),
    ...{ visibility: document.visibility, owner: document.owner, invited: document.invited },
    ...{ vetted: document.vetted ? 1 : 0, updated, standing: (document.vetted ? ERA_MS : 0) + updated },
    ...{ key_ko: sortKey(ko), key_en: sortKey(en), length_ko: [...ko].length, length_en: [...en].length },
    // Left out when there is none: documents without it sort behind all others.
    ...(document.deadline === null ? {} : { deadline: document.deadline.getTime() }),
  };
}

const comparable = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.map(String).sort() : (value ?? null));

/** Whether a document is held as it should be; the version only says when it was written. */
export function isStoredSo(document: SearchDocument, held: Readonly<Record<string, unknown>>): boolean {
  const wanted = storedDocument(document);
  const names = new Set([...Object.keys(wanted), ...Object.keys(held)]);
  names.delete('version');
  return [...names].every((name) => comparable(wanted[name]) === comparable(held[name]));
}

/** Attributes read of a document that is only listed, of one to be ranked, and its tokens where they are not known here. */
export const LISTED_ATTRIBUTES = ['id', 'source', 'external_id'];
export const RANKED_ATTRIBUTES = [...LISTED_ATTRIBUTES, 'vetted', 'updated'];
export const TOKEN_ATTRIBUTES = ['words', 'tags'];

export const listedHit = z.object({ id: z.string(), source: z.string(), external_id: z.string() });

const tokens = z.array(z.string()).default([]);
const rankedHit = listedHit.extend({ vetted: z.number(), updated: z.number(), words: tokens, tags: tokens });

export interface Candidate extends Rankable {
  readonly source: string;
  readonly externalId: string;
}

/** Tokens in the order that ranking expects; none where they were not asked for. */
export const candidateHit = rankedHit.transform((hit): Candidate => ({
  ...{ id: hit.id, source: hit.source, externalId: hit.external_id, vetted: hit.vetted === 1 },
  ...{ updatedAt: hit.updated, tokens: [...hit.words, ...hit.tags].map(readToken).sort() },
}));

const MOST_TAILS = 20;

/** The ends of a word, each beginning at a syllable or letter. One letter finds nothing that is meant. */
function tailsOf(word: string): string[] {
  const chars = [...word];
  const tails: string[] = [];
  for (let i = 1; i < chars.length - 1 && tails.length < MOST_TAILS; i++)
    tails.push(storedToken(chars.slice(i).join('')) ?? '');
  return tails.filter((t) => t !== '');
}

const SPELLED = /^[a-z0-9]+$/;

export function storedWord({ word, letters, field }: VocabularyWord): Record<string, unknown> {
  const id = createHash('sha1').update(`${field}:${word}`).digest('hex').slice(0, 24);
  return {
    ...{ id, word, letters, field, key: storedToken(word) ?? '', tails: tailsOf(word) },
    ...{ size: letters.length, typed: SPELLED.test(letters) ? GUARD + letters : '' },
  };
}

export const wordHit = z.object({
  word: z.string(),
  letters: z.string(),
  field: z.enum(['n', 'w', 's', 't']),
});
