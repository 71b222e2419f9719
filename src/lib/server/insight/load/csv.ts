import { parseCsv } from 'hucre/csv';
import type { z } from 'zod';

/** What is wrong in a reference file and where; worded as every import words it (FORMATS). */
export interface Fault {
  file: string;
  line: number;
  field: string;
  message: string;
}

/** `FILE:line: field: what is wrong, what was expected` */
export function faultText(fault: Fault): string {
  return `${fault.file}:${fault.line}: ${fault.field}: ${fault.message}`;
}

/** A row with the line of the file it starts on. */
export type Lined<T> = T & { line: number };

/**
 * Reads a CSV (RFC 4180, a BOM is accepted) against the schema of its rows. The header must name exactly the
 * schema's columns, in any order. Faults are added to `faults`; rows that have any are left out.
 */
export function readRows<S extends z.ZodObject>(
  file: string,
  text: string,
  schema: S,
  faults: Fault[],
): Lined<z.output<S>>[] {
  const [header = [], ...body] = parseCsv(text, { delimiter: ',' }).map((row) => row.map(String));
  const wrong = headerFault(header, Object.keys(schema.shape));
  if (wrong !== null) {
    faults.push({ file, line: 1, field: 'header', message: wrong });
    return [];
  }
  const rows: Lined<z.output<S>>[] = [];
  let line = 2 + lineBreaks(header);
  for (const cells of body) {
    const start = line;
    line += 1 + lineBreaks(cells);
    if (cells.length === 1 && cells[0] === '') continue;
    if (cells.length !== header.length) {
      const message = `the row has ${cells.length} cells, expected ${header.length}`;
      faults.push({ file, line: start, field: 'row', message });
      continue;
    }
    const parsed = schema.safeParse(
      Object.fromEntries(header.map((name, i) => [name, (cells[i] ?? '').normalize('NFC')])),
    );
    if (parsed.success) rows.push({ ...parsed.data, line: start });
    else faults.push(...parsed.error.issues.map((issue) => ({ file, line: start, ...describe(issue) })));
  }
  return rows;
}

function describe(issue: z.core.$ZodIssue): { field: string; message: string } {
  return { field: issue.path.map(String).join('.') || 'row', message: issue.message };
}

function headerFault(header: string[], expected: string[]): string | null {
  const missing = expected.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !expected.includes(name));
  if (missing.length > 0) return `column ${missing.join(', ')} is missing`;
  if (unknown.length > 0) return `column ${unknown.join(', ')} is not known, expected ${expected.join(', ')}`;
  return new Set(header).size === header.length ? null : 'a column stands twice, expected once';
}

function lineBreaks(cells: string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/gu)?.length ?? 0), 0);
}
