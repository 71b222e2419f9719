import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLexicon, type Lexicon } from '#lib/domain/search/lexicon.ts';
import { LEXICON_COLUMNS, type LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';

/**
 * The lexicon of data/lexicon.csv, as the release brought it, read once a process. What is in effect has the changes
 * of officials besides: `lexiconOf` in lexicon-queries.ts.
 */

let loaded: Lexicon | null = null;
let entries: readonly LexiconEntry[] | null = null;

/** Cells of one line of a CSV file (RFC 4180, no line ends inside cells). */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (let i = 0; i <= line.length;) {
    if (line[i] !== '"') {
      const end = line.indexOf(',', i) < 0 ? line.length : line.indexOf(',', i);
      cells.push(line.slice(i, end));
      i = end + 1;
      continue;
    }
    let text = '';
    for (i++; i < line.length; i++) {
      if (line[i] !== '"') text += line[i];
      else if (line[i + 1] === '"') text += line[i++];
      else break;
    }
    cells.push(text);
    i += 2;
  }
  return cells;
}

/** Reads lexicon rows from CSV text with the columns concept, kind, lang, term, form, broader, source. */
export function parseLexicon(csv: string): LexiconEntry[] {
  const [head = '', ...lines] = csv.replace(/^\ufeff/, '').split(/\r?\n/);
  const columns = cellsOf(head);
  const at = (cells: string[], name: string) => (cells[columns.indexOf(name)] ?? '').normalize('NFC');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = cellsOf(line);
      return {
        ...{ concept: at(cells, 'concept'), kind: at(cells, 'kind'), lang: at(cells, 'lang') },
        ...{ term: at(cells, 'term'), form: at(cells, 'form'), broader: at(cells, 'broader') },
        source: at(cells, 'source'),
      };
    });
}

/** The shipped entries; `data/` lies in the folder the process was started in. */
export function shippedEntries(): readonly LexiconEntry[] {
  entries ??= parseLexicon(readFileSync(join(process.cwd(), 'data', 'lexicon.csv'), 'utf8'));
  return entries;
}

/** The shipped lexicon, compiled. */
export function lexicon(): Lexicon {
  loaded ??= compileLexicon(shippedEntries());
  return loaded;
}

/** Entries in the format of data/lexicon.csv, which {@link parseLexicon} reads. */
export function writeLexicon(rows: readonly LexiconEntry[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => LEXICON_COLUMNS.map((column) => cell(row[column])).join(','));
  return [LEXICON_COLUMNS.join(','), ...lines, ''].join('\n');
}
