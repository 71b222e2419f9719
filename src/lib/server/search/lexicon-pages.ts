import { isOfficial } from '#lib/domain/account/policy.ts';
import { sameRow } from '#lib/domain/amendment/amendment.ts';
import { isWordList, WORD_LISTS } from '#lib/domain/search/lexicon-check.ts';
import { entryKeyOf, type LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';
import { termKey, type Lexicon } from '#lib/domain/search/lexicon.ts';
import { squash } from '#lib/domain/search/normalize.ts';
import { shippedEntries } from '#lib/server/search/lexicon-file.ts';
import { lexiconOf, type LexiconInEffect } from '#lib/server/search/lexicon-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The lexicon for the officials' pages. */

export interface TermLine extends LexiconEntry {
  conceptKo: string;
  conceptEn: string;
  /** Null: as the release has it. */
  changed: 'added' | 'changed' | null;
}

export interface TermFilter {
  q: string;
  kind: string;
  lang: string;
  form: string;
  source: string;
  /** Only what officials changed. */
  changed: boolean;
}

export const TERMS_PER_PAGE = 50;

export interface TermPage {
  items: TermLine[];
  total: number;
  page: number;
  whole: number;
  kinds: string[];
  sources: string[];
}

/** Terms in the order of the file; with a query those that are it come first, then those that begin so. */
export async function termPage(ctx: Context, filter: TermFilter, page: number): Promise<TermPage | null> {
  if (!isOfficial(ctx.actor)) return null;
  const { entries, lexicon } = await lexiconOf(ctx.db);
  const shipped = shippedByKey();
  const lines = entries.map((row) => lineOf(lexicon, shipped, row));
  const kept = lines.filter((row) => fits(row, filter));
  const found = filter.q === '' ? kept : search(kept, filter.q);
  const at = Math.min(Math.max(1, page), Math.max(1, Math.ceil(found.length / TERMS_PER_PAGE)));
  return {
    items: found.slice((at - 1) * TERMS_PER_PAGE, at * TERMS_PER_PAGE),
    ...{ total: found.length, page: at, whole: entries.length },
    kinds: [...new Set(entries.map(({ kind }) => kind))],
    sources: [...new Set(entries.map(({ source }) => source))].sort(),
  };
}

let byKey: Map<string, LexiconEntry> | null = null;
function shippedByKey(): Map<string, LexiconEntry> {
  byKey ??= new Map(shippedEntries().map((row) => [entryKeyOf(row), row]));
  return byKey;
}

function lineOf(lexicon: Lexicon, shipped: ReadonlyMap<string, LexiconEntry>, row: LexiconEntry): TermLine {
  const concept = lexicon.concepts.get(row.concept);
  const held = shipped.get(entryKeyOf(row));
  const changed = held === undefined ? 'added' : sameRow(held, row) ? null : 'changed';
  return { ...row, conceptKo: concept?.ko ?? row.concept, conceptEn: concept?.en ?? row.concept, changed };
}

function fits(row: TermLine, { kind, lang, form, source, changed }: TermFilter): boolean {
  return (
    (kind === '' || row.kind === kind) &&
    (lang === '' || row.lang === lang) &&
    (form === '' || row.form === form) &&
    (source === '' || row.source === source) &&
    (!changed || row.changed !== null)
  );
}

function search(rows: readonly TermLine[], q: string): TermLine[] {
  const key = termKey(q);
  const part = squash(q);
  if (part === '') return [];
  const nearness = (row: TermLine): number => {
    if (row.term === q || termKey(row.term) === key) return 0;
    const term = squash(row.term);
    if (term.startsWith(part)) return 1;
    if (term.includes(part)) return 2;
    return [row.concept, row.conceptKo, row.conceptEn].some((name) => squash(name).includes(part)) ? 3 : 4;
  };
  return rows
    .map((row) => ({ row, near: nearness(row) }))
    .filter(({ near }) => near < 4)
    .sort((a, b) => a.near - b.near)
    .map(({ row }) => row);
}

export interface ConceptChoice {
  id: string;
  ko: string;
  en: string;
}

export interface TermToEdit {
  /** Null: a term is to be added. */
  entry: TermLine | null;
  concepts: ConceptChoice[];
}

/** What the form of one term needs: the entry, when it is one, and every concept by name. */
export async function termToEdit(
  ctx: Context,
  at: { concept: string; lang: string; term: string },
): Promise<TermToEdit | null> {
  if (!isOfficial(ctx.actor)) return null;
  const { entries, lexicon } = await lexiconOf(ctx.db);
  const key = entryKeyOf({ ...at, kind: '', form: '', broader: '', source: '' });
  const row = entries.find((one) => entryKeyOf(one) === key);
  return {
    entry: row === undefined ? null : lineOf(lexicon, shippedByKey(), row),
    concepts: [
      ...[...lexicon.concepts.values()].map(({ id, ko, en }) => ({ id, ko, en })),
      ...WORD_LISTS.map((id) => ({ id, ko: id, en: id })),
    ],
  };
}

/** The concept that was meant: its id, or a name that only one concept has; else what was typed. */
export function conceptMeant({ lexicon }: LexiconInEffect, typed: string): string {
  if (lexicon.concepts.has(typed) || isWordList(typed)) return typed;
  const hits = new Set(lexicon.terms.get(termKey(typed))?.map(({ concept }) => concept));
  const [only] = hits;
  return hits.size === 1 && only !== undefined ? only : typed;
}
