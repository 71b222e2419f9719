import { createHash } from 'node:crypto';
import type { Settings } from 'meilisearch';
import type { IndexKind } from '#lib/domain/search/document.ts';

/**
 * The indexes of the Meilisearch engine and their settings. This file is the only place that says them; a change
 * reaches a server through `search rebuild`, which writes new indexes and swaps them in. Until then the engine sees
 * that the server has other settings, says so, and searches go on in PostgreSQL.
 *
 * The analyser and the plan are ours (`domain/search`), so that every engine finds and orders alike. The server is
 * asked for documents by their tokens, with filters that are exact in what they find and count; its own reading of
 * text is used where it is good at it: finding words of the vocabulary with one or two slips.
 */

/** Versions of the server this is made for and tested with; others are used, with a warning. */
export const SUPPORTED_VERSIONS = { from: '1.50.0', before: '2.0.0' } as const;

/** Raised when documents are built or stored differently under equal settings. */
const FORMAT = 2;

/** `documents` of a kind, and the `words` that occur in them. */
export type IndexRole = 'documents' | 'words';

/** Tokens that are only ever asked for whole. */
const WHOLE_ONLY = { facetSearch: false, filter: { equality: true, comparison: false } };
/**
 * Numbers in ranges, and tokens and words of which also beginnings are asked for: without the server's sorted levels
 * it goes through all values before the beginning, which takes milliseconds each time.
 */
const BEGINNINGS = { facetSearch: false, filter: { equality: true, comparison: true } };

/** More than there are documents of a kind: lists are paged to their end, totals are exact. */
const MOST_DOCUMENTS = 10_000_000;
/** More than all facets have values together: every value is counted. */
const MOST_FACET_VALUES = 10_000;

const COMMON = {
  stopWords: [],
  distinctAttribute: null,
  proximityPrecision: 'byAttribute',
  facetSearch: false,
  // Nothing here is half-typed text: beginnings are filters.
  prefixSearch: 'disabled',
  // The server must not guess a language: a build may carry a dictionary for one and not for the other.
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['eng'] }],
  separatorTokens: [],
  nonSeparatorTokens: [],
  dictionary: [],
  /**
   * None on the server: the lexicon's synonyms are read both ways by the analyser, with weights (a term, a broader
   * one, a neighbour) that a synonym of the server cannot have; documents carry concepts, so 중석, tungsten, W and
   * 重石 are one token already.
   */
  synonyms: {},
  pagination: { maxTotalHits: MOST_DOCUMENTS },
} as const satisfies Settings;

const documents: Settings = {
  ...COMMON,
  // Found by tokens alone; no text of a document is read by the server.
  searchableAttributes: [],
  displayedAttributes: [
    ...['id', 'version', 'source', 'external_id', 'name_ko', 'name_en', 'words', 'tags'],
    ...['vetted', 'updated', 'visibility', 'owner', 'invited', 'facets'],
  ],
  filterableAttributes: [
    { attributePatterns: ['tags', 'facets', 'owner', 'invited', 'visibility', 'id'], features: WHOLE_ONLY },
    { attributePatterns: ['words', 'deadline'], features: BEGINNINGS },
  ],
  sortableAttributes: [
    ...['standing', 'updated', 'deadline', 'key_ko', 'key_en', 'vetted', 'length_ko', 'length_en', 'id'],
  ],
  rankingRules: ['sort'],
  typoTolerance: { enabled: false },
  faceting: { maxValuesPerFacet: MOST_FACET_VALUES },
};

/** One letter before each word: the server counts a slip in a first letter twice, this one is never slipped. */
export const GUARD = 'z';

const words: Settings = {
  ...COMMON,
  searchableAttributes: ['typed'],
  displayedAttributes: ['word', 'letters', 'field'],
  filterableAttributes: [{ attributePatterns: ['key', 'letters', 'tails', 'size'], features: BEGINNINGS }],
  sortableAttributes: ['key', 'letters', 'field'],
  rankingRules: ['words', 'typo', 'sort'],
  typoTolerance: {
    enabled: true,
    // Lengths with the guard; domain/search/spelling.ts forgives one slip from four letters and two from nine.
    minWordSizeForTypos: { oneTypo: 5, twoTypos: 10 },
    disableOnAttributes: [],
    disableOnWords: [],
    disableOnNumbers: false,
  },
  faceting: { maxValuesPerFacet: 1 },
};

export const SETTINGS: Readonly<Record<IndexRole, Settings>> = { documents, words };

/** What a server's indexes were built by. */
export const FINGERPRINT = createHash('sha256')
  .update(JSON.stringify([FORMAT, SETTINGS]))
  .digest('hex')
  .slice(0, 16);

/** The index of a kind and role; `next` is the one being built. */
export function indexUid(prefix: string, kind: IndexKind, role: IndexRole, next = false): string {
  return `${prefix}_${kind}${role === 'words' ? '_words' : ''}${next ? '_next' : ''}`;
}

/** The small index that says by which settings each kind was built. */
export const stateUid = (prefix: string): string => `${prefix}_state`;

const numbers = (version: string): number[] => version.split('.').map((n) => Number.parseInt(n, 10) || 0);

function isBefore(a: string, b: string): boolean {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) if (x[i] !== y[i]) return (x[i] ?? 0) < (y[i] ?? 0);
  return false;
}

/** Whether this version of the server is one the settings are made for. */
export function isSupported(version: string): boolean {
  return !isBefore(version, SUPPORTED_VERSIONS.from) && isBefore(version, SUPPORTED_VERSIONS.before);
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const parts = value.map(ordered);
    return parts.every((p) => typeof p === 'string') ? parts.sort() : parts;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, ordered(v)]),
  );
}

function agrees(declared: unknown, held: unknown): boolean {
  if (declared === null || typeof declared !== 'object' || Array.isArray(declared))
    return JSON.stringify(ordered(declared)) === JSON.stringify(ordered(held ?? null));
  if (held === null || typeof held !== 'object' || Array.isArray(held)) return false;
  const fields = new Map(Object.entries(held));
  return Object.entries(declared).every(([key, value]) => agrees(value, fields.get(key)));
}

/** Lists in which the order says something. */
const IN_ORDER = new Set(['searchableAttributes', 'rankingRules']);

/** The declared settings that a server's index does not have, by name. */
export function settingsThatDiffer(role: IndexRole, held: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(SETTINGS[role])
    .filter(([name, declared]) =>
      IN_ORDER.has(name)
        ? JSON.stringify(declared) !== JSON.stringify(held[name])
        : !agrees(declared, held[name]),
    )
    .map(([name]) => name);
}
