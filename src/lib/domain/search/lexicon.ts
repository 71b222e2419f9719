import { hasHangul, toChoseong, toLetters } from './hangul.ts';
import { fold, squash } from './normalize.ts';
import { deletionsOf, withinOneEdit } from './spelling.ts';

/**
 * The lexicon of the field: what names one concept in Korean, English, symbols, HS codes, Hanja and old
 * names, and which concepts are narrower than which. Rows come from data/lexicon.csv.
 */

export const CONCEPT_KINDS = [
  ...(['mineral', 'group', 'product', 'process', 'capability', 'stage'] as const),
  ...(['country', 'region', 'certificate', 'size', 'status', 'type', 'word'] as const),
];
export type ConceptKind = (typeof CONCEPT_KINDS)[number];

/** How a term names its concept. A `trap` counts only where it stands as a word of its own (동, 연, lead). */
export type TermForm = 'name' | 'alias' | 'old' | 'hanja' | 'symbol' | 'formula' | 'hs' | 'trap' | 'word';

export interface LexiconRow {
  readonly concept: string;
  readonly kind: string;
  readonly lang: string;
  readonly term: string;
  readonly form: string;
  readonly broader: string;
}

export interface Concept {
  readonly id: string;
  readonly kind: ConceptKind;
  readonly ko: string;
  readonly en: string;
  /** All broader concepts, near and far. */
  readonly ancestors: readonly string[];
  /** Directly broader ones only. */
  readonly broader: readonly string[];
  /** All narrower concepts, near and far. */
  readonly descendants: readonly string[];
  /** Neighbours that are worth less than a narrower concept. */
  readonly related: readonly string[];
}

export interface TermHit {
  readonly concept: string;
  readonly form: TermForm;
}

export interface Lexicon {
  readonly concepts: ReadonlyMap<string, Concept>;
  /** Term key → what it names. Keys are made by {@link termKey}. */
  readonly terms: ReadonlyMap<string, readonly TermHit[]>;
  /** Element symbols, case kept. */
  readonly symbols: ReadonlyMap<string, string>;
  /** HS code (six digits) → concepts. */
  readonly hs: ReadonlyMap<string, readonly string[]>;
  readonly stops: ReadonlySet<string>;
  /** Everyday words that hold a trap syllable (동해, 연구): never split, never taken for a typo. */
  readonly everyday: ReadonlySet<string>;
  /** First consonants of Hangul terms → term keys. */
  readonly choseong: ReadonlyMap<string, readonly string[]>;
  /** Term keys by their two-set letters, sorted by letters: for prefixes. */
  readonly letters: readonly (readonly [letters: string, key: string])[];
  /** Letters with one letter left out → term keys: for one-letter typos. */
  readonly deletions: ReadonlyMap<string, readonly string[]>;
  /** What terms of several written words may begin with: every beginning of a Hangul term, the first word of a Latin one. */
  readonly heads: ReadonlySet<string>;
  /** Longest Hangul term in characters, longest Latin term in words. */
  readonly longest: { readonly ko: number; readonly en: number };
}

/** A Latin word without its plural ending: batteries → battery, magnets → magnet. */
export function stemLatin(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (word.endsWith('ies') && word.length > 4) return word.slice(0, -3) + 'y';
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:[sx]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** The words of a Latin text: letters and digits, lower case, singular. */
export function latinWords(folded: string): string[] {
  return folded
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w !== '')
    .map(stemLatin);
}

/** The key under which a term is found: spaces out if it holds Hangul, else singular words joined by a space. */
export function termKey(term: string): string {
  const folded = fold(term);
  return hasHangul(folded) ? squash(folded) : latinWords(folded).join(' ');
}

const isKind = (kind: string): kind is ConceptKind => (CONCEPT_KINDS as readonly string[]).includes(kind);

interface Draft {
  kind: ConceptKind;
  ko: string;
  en: string;
  broader: string[];
  related: string[];
}

function draftConcepts(rows: readonly LexiconRow[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const row of rows) {
    if (!isKind(row.kind)) continue;
    let draft = drafts.get(row.concept);
    if (!draft)
      drafts.set(row.concept, (draft = { kind: row.kind, ko: '', en: '', broader: [], related: [] }));
    if (draft.ko === '' && row.lang === 'ko') draft.ko = row.term;
    if (draft.en === '' && row.lang === 'en') draft.en = row.term;
    for (const id of row.broader.split('|')) {
      if (id.startsWith('~')) draft.related.push(id.slice(1));
      else if (id !== '') draft.broader.push(id);
    }
  }
  return drafts;
}

function closure(start: string, next: (id: string) => readonly string[]): string[] {
  const seen = new Set<string>();
  const walk = (id: string) => {
    for (const to of next(id)) {
      if (to === start || seen.has(to)) continue;
      seen.add(to);
      walk(to);
    }
  };
  walk(start);
  return [...seen];
}

function linkConcepts(drafts: ReadonlyMap<string, Draft>): Map<string, Concept> {
  const narrower = new Map<string, string[]>();
  for (const [id, draft] of drafts)
    for (const up of draft.broader) narrower.set(up, [...(narrower.get(up) ?? []), id]);
  const concepts = new Map<string, Concept>();
  for (const [id, draft] of drafts)
    concepts.set(id, {
      id,
      kind: draft.kind,
      ko: draft.ko || draft.en,
      en: draft.en || draft.ko,
      broader: draft.broader,
      related: draft.related,
      ancestors: closure(id, (x) => drafts.get(x)?.broader ?? []),
      descendants: closure(id, (x) => narrower.get(x) ?? []),
    });
  return concepts;
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
};

/** Kinds whose terms are worth guessing at from a typo, a prefix or first consonants. */
const GUESSABLE = new Set<ConceptKind>([
  'mineral',
  'group',
  'product',
  'process',
  'capability',
  'country',
  'stage',
]);

/** Builds the lookup tables from the rows. Rows of an unknown kind other than stop and everyday are refused. */
export function compileLexicon(rows: readonly LexiconRow[]): Lexicon {
  const concepts = linkConcepts(draftConcepts(rows));
  const terms = new Map<string, TermHit[]>();
  const symbols = new Map<string, string>();
  const hs = new Map<string, string[]>();
  const stops = new Set<string>();
  const everyday = new Set<string>();
  const guessable = new Set<string>();
  const longest = { ko: 1, en: 1 };
  for (const row of rows) {
    const key = termKey(row.term);
    if (row.kind === 'stop') stops.add(key);
    else if (row.kind === 'everyday') everyday.add(key);
    else if (!isKind(row.kind)) throw new Error(`lexicon: unknown kind "${row.kind}" of ${row.concept}`);
    else if (row.form === 'hs') push(hs, row.term, row.concept);
    else if (row.form === 'symbol') symbols.set(row.term, row.concept);
    else {
      const hit: TermHit = { concept: row.concept, form: row.form as TermForm };
      const hits = terms.get(key);
      if (!hits) terms.set(key, [hit]);
      else if (!hits.some((h) => h.concept === hit.concept)) hits.push(hit);
      const words = key.split(' ').length;
      if (hasHangul(key)) longest.ko = Math.max(longest.ko, key.length);
      else {
        longest.en = Math.max(longest.en, words);
        if (words > 1) push(terms as Map<string, TermHit[]>, key.replaceAll(' ', ''), hit);
      }
      if (row.form !== 'trap' && GUESSABLE.has(row.kind)) guessable.add(key);
    }
  }
  const heads = headsOf(terms.keys());
  return { concepts, terms, symbols, hs, stops, everyday, heads, longest, ...guessTables(guessable) };
}

function headsOf(keys: Iterable<string>): Set<string> {
  const heads = new Set<string>();
  for (const key of keys) {
    const space = key.indexOf(' ');
    if (space > 0) heads.add(key.slice(0, space));
    else if (hasHangul(key)) for (let end = 1; end < key.length; end++) heads.add(key.slice(0, end));
  }
  return heads;
}

function guessTables(keys: ReadonlySet<string>): Pick<Lexicon, 'choseong' | 'letters' | 'deletions'> {
  const choseong = new Map<string, string[]>();
  const letters: [string, string][] = [];
  const deletions = new Map<string, string[]>();
  for (const key of keys) {
    const typed = toLetters(key);
    letters.push([typed, key]);
    if (typed.length >= 4) for (const cut of deletionsOf(typed)) push(deletions, cut, key);
    if (hasHangul(key)) push(choseong, toChoseong(key), key);
  }
  letters.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  return { choseong, letters, deletions };
}

/** Term keys one keystroke away from a word (a letter changed, missing, doubled or swapped with the next). */
export function nearTerms(lexicon: Lexicon, word: string): string[] {
  const typed = toLetters(word);
  if (typed.length < 4) return [];
  const found = new Set<string>();
  for (const cut of deletionsOf(typed))
    for (const key of lexicon.deletions.get(cut) ?? [])
      if (withinOneEdit(typed, toLetters(key))) found.add(key);
  return [...found];
}

/** Term keys that begin with what was typed so far, shortest first; a half-typed syllable counts. */
export function termsStarting(lexicon: Lexicon, word: string, most: number): string[] {
  const typed = toLetters(word);
  const list = lexicon.letters;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.[0] ?? '') < typed) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let i = low; i < list.length && list[i]?.[0].startsWith(typed); i++) found.push(list[i]?.[1] ?? '');
  return found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, most);
}

/** Concepts of an HS code of 2 to 10 digits (dots aside): its own six-digit code, or all codes that begin with it. */
export function conceptsOfHs(lexicon: Lexicon, code: string): string[] {
  const digits = code.replace(/\D/g, '').slice(0, 6);
  const found = new Set<string>();
  for (const [hs, ids] of lexicon.hs) if (hs.startsWith(digits)) for (const id of ids) found.add(id);
  return [...found];
}
