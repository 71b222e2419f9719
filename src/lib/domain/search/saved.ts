import { FACETS, INDEX_KINDS, type IndexKind } from './document.ts';

/** What a saved or recent search is: a query and filters of one list, in one canonical form. */

export const FREQUENCIES = ['at_once', 'daily', 'weekly', 'none'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Searches one account may save. */
export const MOST_SAVED = 100;
export const LONGEST_NAME = 100;
/** Days that recent searches and the counts of what is looked for are kept. */
export const SEARCHES_KEPT_DAYS = 30;
/** Days in which a removed search can be brought back. */
export const UNDO_DAYS = 7;
/** Recent searches kept of one person. */
export const MOST_RECENT = 50;

/** Filters by their names in the address; names and values in code point order, no value twice, no name without one. */
export type SavedFilters = Readonly<Record<string, readonly string[]>>;

export interface SearchAsked {
  readonly kind: IndexKind;
  readonly q: string;
  readonly filters: SavedFilters;
}

/** The list that a kind is searched on. */
export const LIST_OF: Readonly<Record<IndexKind, string>> = {
  company: '/companies',
  opportunity: '/opportunities',
  project: '/projects',
};

/** Filters of the lists that their search documents do not hold. */
export const EXTRAS: Readonly<Record<IndexKind, readonly string[]>> = {
  company: [],
  opportunity: ['deadline'],
  project: ['msp', 'korean'],
};

const LONGEST_QUERY = 300;
const LONGEST_VALUE = 100;
const MOST_VALUES = 50;

/** Names of the filters that count for a kind. */
export function filterNames(kind: IndexKind): readonly string[] {
  return [...FACETS, ...EXTRAS[kind]];
}

export function hasExtras(kind: IndexKind, filters: SavedFilters): boolean {
  return EXTRAS[kind].some((name) => name in filters);
}

/** The search that the address of a list asks for; its order and page are no part of it. */
export function searchOfAddress(kind: IndexKind, params: URLSearchParams): SearchAsked {
  const filters: Record<string, string[]> = {};
  for (const name of filterNames(kind).toSorted()) {
    const given = params.getAll(name).filter((value) => value !== '' && value.length < LONGEST_VALUE);
    const values = [...new Set(given)].sort().slice(0, MOST_VALUES);
    if (values.length > 0) filters[name] = values;
  }
  const q = (params.get('q') ?? '').normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, LONGEST_QUERY);
  return { kind, q, filters };
}

/** Where a search is shown, without language prefix. */
export function addressOfSearch({ kind, q, filters }: SearchAsked): string {
  const params = new URLSearchParams();
  if (q !== '') params.set('q', q);
  for (const [name, values] of Object.entries(filters))
    for (const value of values) params.append(name, value);
  const query = params.toString();
  return query === '' ? LIST_OF[kind] : `${LIST_OF[kind]}?${query}`;
}

/** The search of an address such as `/opportunities?q=…`, without language prefix; null when it is no list of ours. */
export function searchOfPath(address: string): SearchAsked | null {
  const [path, query = ''] = address.split('?', 2);
  const kind = INDEX_KINDS.find((one) => LIST_OF[one] === path);
  return kind === undefined ? null : searchOfAddress(kind, new URLSearchParams(query));
}

/** Everything of a kind, without words or filters, is no search. */
export function isWhole({ q, filters }: SearchAsked): boolean {
  return q === '' && Object.keys(filters).length === 0;
}
