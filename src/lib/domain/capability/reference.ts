import { z } from 'zod';
import { ALLOWED_UNITS, parseUnit } from '#lib/domain/capability/quantity.ts';

/** The ids of the reference data that records may name. Handed in by whoever read them. */
export interface Reference {
  minerals: ReadonlySet<string>;
  /** ISO alpha-2 */
  countries: ReadonlySet<string>;
  capabilities: ReadonlySet<string>;
  certifications: ReadonlySet<string>;
  projects: ReadonlySet<string>;
}

export interface ReferenceFault {
  /** Way to the field, as zod writes it: `['capabilities', 0, 'minerals', 1]`. */
  path: (string | number)[];
  message: string;
}

/** Collects the ids of a record that the reference data does not know. */
export class ReferenceCheck {
  readonly faults: ReferenceFault[] = [];
  private readonly reference: Reference;

  constructor(reference: Reference) {
    this.reference = reference;
  }

  one(noun: keyof Reference, id: string | null, path: (string | number)[]): void {
    if (id === null || this.reference[noun].has(id)) return;
    this.faults.push({
      path,
      message: `${JSON.stringify(id)} is not known, expected an id of ${FILES[noun]}`,
    });
  }

  all(noun: keyof Reference, ids: readonly string[], path: (string | number)[]): void {
    ids.forEach((id, index) => this.one(noun, id, [...path, index]));
  }
}

const FILES: Readonly<Record<keyof Reference, string>> = {
  minerals: 'minerals.csv',
  countries: 'countries.csv (ISO alpha-2)',
  capabilities: 'capability_taxonomy.csv',
  certifications: 'certifications.csv',
  projects: 'projects.csv',
};

/** Control characters but tab and line ends. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** Text of a record: NFC, no blanks around it, no control characters but line ends and tabs, whole characters. */
export const recordText = z
  .string()
  .normalize('NFC')
  .trim()
  .refine((text) => !CONTROL.test(text), 'has a control character, expected plain text')
  // Half of a surrogate pair can be written in JSON, but is no text in UTF-8.
  .refine((text) => !/\p{Surrogate}/u.test(text), 'has half a character, expected plain text');

/** Text that may not be empty. */
export const recordName = recordText.pipe(z.string().min(1, 'is empty, expected text').max(400));

/** An id of a record or of a row in it. */
export const recordId = recordText.pipe(z.string().min(1, 'is empty, expected an id').max(200));

export const recordUnit = recordText.pipe(
  z.string().superRefine((text, context) => {
    const reading = parseUnit(text);
    if (reading.ok) return;
    const hint = reading.hint === null ? '' : ` (write ${reading.hint})`;
    const what =
      reading.part === '' ? 'is empty' : `${JSON.stringify(reading.part)} is not a ${reading.fault}`;
    context.addIssue({ code: 'custom', message: `${what}${hint}, expected ${ALLOWED_UNITS}` });
  }),
);

export const recordAmount = z.number().positive();
export const recordYear = z.int().min(1950).max(2100);
export const recordLanguage = z
  .string()
  .regex(/^[a-z]{2,3}$/u, 'is not a language code, expected ISO 639 such as "en"');
export const recordDate = z.iso.date('is not a date, expected YYYY-MM-DD');

/** Two rows of one list with the same key are a fault at the second. */
export function unique<T>(key: (row: T) => string, what: string) {
  return (rows: readonly T[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    rows.forEach((row, index) => {
      const value = key(row);
      if (seen.has(value))
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `${what} ${JSON.stringify(value)} stands twice, expected once`,
        });
      seen.add(value);
    });
  };
}
