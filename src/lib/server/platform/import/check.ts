import type { z } from 'zod';
import { readLines, type CellReader } from '#lib/server/platform/import/lines.ts';

export interface Fault {
  line: number;
  field: string;
  /** What is wrong, what was expected. */
  message: string;
}

export type CheckedLine<T> =
  { ok: true; line: number; record: T } | { ok: false; line: number; text: string; faults: Fault[] };

interface Checking<T> {
  path: string;
  schema: z.ZodType<T>;
  cells?: CellReader;
}

/**
 * Reads and checks a file record by record. Unknown fields, ids that stand twice and everything the schema refuses
 * are faults of their line.
 */
export async function* checkFile<T extends { id: string }>(
  checking: Checking<T>,
): AsyncGenerator<CheckedLine<T>> {
  const seen = new Map<string, number>();
  for await (const { line, text, raw, fault } of readLines(checking.path, checking.cells)) {
    if (fault !== null) {
      yield { ok: false, line, text, faults: [{ line, field: 'line', message: fault }] };
      continue;
    }
    const parsed = checking.schema.safeParse(raw);
    if (!parsed.success) {
      yield {
        ok: false,
        line,
        text,
        faults: parsed.error.issues.flatMap((issue) => faultsOf(line, issue, raw)),
      };
      continue;
    }
    const first = seen.get(parsed.data.id);
    if (first !== undefined) {
      const message = `${JSON.stringify(parsed.data.id)} stands on line ${first} too, expected once`;
      yield { ok: false, line, text, faults: [{ line, field: 'id', message }] };
      continue;
    }
    seen.set(parsed.data.id, line);
    yield { ok: true, line, record: parsed.data };
  }
}

/** `FILE:line: field: what is wrong, what was expected` */
export function faultText(file: string, fault: Fault): string {
  return `${file}:${fault.line}: ${fault.field}: ${fault.message}`;
}

function faultsOf(line: number, issue: z.core.$ZodIssue, raw: unknown): Fault[] {
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      line,
      field: field === '' ? key : `${field}.${key}`,
      message: 'is not a field of this record, expected only those of docs/formats.md',
    }));
  }
  return [{ line, field: field || 'record', message: wordIssue(issue, valueAt(raw, issue.path)) }];
}

/** What stands where an issue points; undefined when nothing does. */
function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** Our own messages name what was expected; those of the library are put in the same form. */
function wordIssue(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_type') return `${foundText(value)}, expected ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') {
    const wrong = value === undefined ? 'is missing' : 'is not allowed';
    return `${wrong}, expected one of ${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'too_small')
    return issue.message.includes('expected')
      ? lower(issue.message)
      : `is too small, expected at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `is too big, expected at most ${issue.maximum}`;
  return issue.message;
}

/** What was found in place of what was expected. */
function foundText(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (typeof value === 'string') return `is the text ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'number' && !Number.isFinite(value)) return 'is a number beyond all measure';
  if (Array.isArray(value)) return 'is a list';
  return typeof value === 'object' && value !== null ? 'is an object' : `is ${String(value)}`;
}

function article(expected: string): string {
  const words: Record<string, string> = {
    string: 'text',
    int: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
  };
  return words[expected] ?? expected;
}

function lower(message: string): string {
  return message.startsWith('Too small') || message.startsWith('Invalid')
    ? message.charAt(0).toLowerCase() + message.slice(1)
    : message;
}
