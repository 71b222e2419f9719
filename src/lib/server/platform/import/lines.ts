import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { streamCsvRows } from 'hucre/csv';
import { streamXlsxRows } from 'hucre/xlsx';

/** A record as it stands in the file, or why it could not be read. Lines count from 1 as an editor does. */
export interface ReadLine {
  line: number;
  /** The line as it was, for the file of refused lines. */
  text: string;
  raw: unknown;
  fault: string | null;
}

/** How the cells of a table become a record: column → value. */
export type CellReader = (column: string, cell: string) => unknown;

/** The file is of a kind, or has a head, that cannot be read at all. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

/**
 * Reads a file of records one by one: JSON Lines (`.jsonl`, `.ndjson`, `.json`), and where `cells` is given also
 * CSV and XLSX. A byte order mark is accepted; empty lines are passed over.
 * @throws UnreadableFile when the ending or the head of a table is not understood, or the text is not UTF-8
 */
export async function* readLines(path: string, cells?: CellReader): AsyncGenerator<ReadLine> {
  const ending = extname(path).toLowerCase();
  if (ending === '.csv' && cells) yield* csvLines(path, cells);
  else if (ending === '.xlsx' && cells) yield* xlsxLines(path, cells);
  else if (['.jsonl', '.ndjson', '.json'].includes(ending)) yield* jsonLines(path);
  else {
    const allowed = cells ? '.jsonl, .csv or .xlsx' : '.jsonl';
    throw new UnreadableFile(`${path}: the ending ${ending || '(none)'} is not known, expected ${allowed}`);
  }
}

async function* jsonLines(path: string): AsyncGenerator<ReadLine> {
  let line = 0;
  for await (const text of textLines(path)) {
    line += 1;
    if (text.trim() !== '') yield { line, text, ...parseJson(text) };
  }
}

/** Lines as editors count them; U+2028 and U+2029 stand inside a text. */
async function* textLines(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 0;
  let rest = '';
  const decoded = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw notUtf8(`${path}, after line ${line}`);
    }
  };
  for await (const chunk of createReadStream(path)) {
    const lines = (rest + decoded(chunk)).split(/\r\n|\n|\r(?!$)/u);
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      yield text;
    }
  }
  rest += decoded();
  if (rest !== '') yield rest.replace(/\r$/u, '');
}

function notUtf8(where: string): UnreadableFile {
  return new UnreadableFile(
    `${where}: is not UTF-8, expected a file saved as UTF-8 (spreadsheet programs in Korea often save CP949)`,
  );
}

function parseJson(text: string): { raw: unknown; fault: string | null } {
  try {
    return { raw: JSON.parse(text), fault: null };
  } catch {
    return { raw: null, fault: 'is not JSON, expected one object a line' };
  }
}

async function* csvLines(path: string, cells: CellReader): AsyncGenerator<ReadLine> {
  const bytes = await readFile(path);
  if (!isUtf8(bytes)) throw notUtf8(path);
  const text = bytes.toString('utf8').replace(/^\uFEFF/u, '');
  let header: string[] | null = null;
  let line = 1;
  for (const row of streamCsvRows(text, { delimiter: ',' })) {
    const values = row.map((cell) => (cell === null ? '' : String(cell)));
    const start = line;
    line += 1 + values.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/gu)?.length ?? 0), 0);
    if (header === null) header = checkHeader(path, values);
    else if (values.some((cell) => cell !== '')) yield tableLine(start, header, values, cells);
  }
  if (header === null) checkHeader(path, []);
}

async function* xlsxLines(path: string, cells: CellReader): AsyncGenerator<ReadLine> {
  let header: string[] | null = null;
  for await (const row of xlsxRows(path)) {
    const values = row.values.map((cell) =>
      cell === null ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell),
    );
    if (header === null) header = checkHeader(path, values);
    else if (values.some((cell) => cell !== '')) yield tableLine(row.index + 1, header, values, cells);
  }
}

/** @throws UnreadableFile when the file is no workbook, or a broken one */
async function* xlsxRows(path: string) {
  const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
  try {
    yield* streamXlsxRows(stream);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(`${path}: is not a readable XLSX file (${why}), expected one saved as .xlsx`);
  }
}

function checkHeader(path: string, header: string[]): string[] {
  const names = header.map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UnreadableFile(`${path}:1: ${twice}: the column stands twice, expected once`);
  if (!names.includes('id'))
    throw new UnreadableFile(`${path}:1: id: the column is missing, expected a column "id"`);
  return names;
}

function tableLine(line: number, header: string[], values: string[], cells: CellReader): ReadLine {
  const text = JSON.stringify(Object.fromEntries(header.map((name, i) => [name, values[i] ?? ''])));
  if (values.length > header.length && values.slice(header.length).some((cell) => cell !== '')) {
    return { line, text, raw: null, fault: `has ${values.length} cells, expected ${header.length}` };
  }
  const entries = header.flatMap((name, i) => {
    const cell = (values[i] ?? '').trim();
    return cell === '' ? [] : [[name, cells(name, cell)] as const];
  });
  return { line, text, raw: Object.fromEntries(entries), fault: null };
}
