import { amended, type RowChange } from '#lib/domain/amendment/amendment.ts';
import type { LexiconRow } from './lexicon.ts';

/** A row of the lexicon with where it comes from. */
export interface LexiconEntry extends LexiconRow {
  readonly source: string;
}

/** What names an entry: concept, language and term. A term may name several concepts and stand in several languages. */
export const entryKeyOf = (row: LexiconEntry): string => [row.concept, row.lang, row.term].join('\n');

/** The columns of data/lexicon.csv, in order. */
export const LEXICON_COLUMNS = ['concept', 'kind', 'lang', 'term', 'form', 'broader', 'source'] as const;

/**
 * The lexicon in effect: the shipped entries with what officials changed. What is broader than a concept stands on one
 * of its rows; when that row is withdrawn, the concept's next row takes it over.
 */
export function amendedEntries(
  base: readonly LexiconEntry[],
  changes: readonly RowChange<LexiconEntry>[],
): LexiconEntry[] {
  const rows = amended(base, changes, entryKeyOf);
  if (!changes.some(({ before }) => before !== null && before.broader !== '')) return rows;
  const broader = new Map<string, string>();
  for (const row of base)
    if (row.broader !== '' && !broader.has(row.concept)) broader.set(row.concept, row.broader);
  for (const row of rows) if (row.broader !== '') broader.delete(row.concept);
  return rows.map((row) => {
    const lost = broader.get(row.concept);
    if (lost === undefined) return row;
    broader.delete(row.concept);
    return { ...row, broader: lost };
  });
}
