import { z } from 'zod';

/**
 * Building blocks of form schemas. What a browser sends is text; an issue's message is a code that
 * `i18n/field-errors.ts` words in the reader's language, such as `required` or `too-long:255`.
 */

const clean = (value: string) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim();

/** Text that must be there, trimmed and in NFC. */
export const text = (max: number) =>
  z
    .string({ error: 'required' })
    .transform(clean)
    .pipe(z.string().min(1, 'required').max(max, `too-long:${max}`));

/** Text that may be empty. */
export const optionalText = (max: number) =>
  z
    .string()
    .default('')
    .transform(clean)
    .pipe(z.string().max(max, `too-long:${max}`));

/** An address of mail, in lower case. */
export const email = () =>
  z
    .string({ error: 'required' })
    .transform((value) => clean(value).toLowerCase())
    .pipe(z.string().min(1, 'required').max(254, 'too-long:254').email('bad-email'));

/** A web address (http or https); empty when left out. */
export const optionalUrl = () =>
  z
    .string()
    .default('')
    .transform(clean)
    .pipe(
      z.union(
        [
          z.literal(''),
          z
            .string()
            .max(500, 'too-long:500')
            .regex(/^https?:\/\/[^\s.]+\.[^\s]+$/i, 'bad-url'),
        ],
        { error: 'bad-url' },
      ),
    );

const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/;

function parseNumber(value: string, ctx: z.RefinementCtx, min: number, max: number, whole: boolean): number {
  const number = NUMBER.test(value) ? Number(value.replaceAll(',', '')) : Number.NaN;
  if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) {
    ctx.addIssue({ code: 'custom', message: whole ? 'bad-integer' : 'bad-number' });
    return z.NEVER;
  }
  if (number < min) ctx.addIssue({ code: 'custom', message: `too-small:${min}` });
  if (number > max) ctx.addIssue({ code: 'custom', message: `too-big:${max}` });
  return number;
}

interface NumberRange {
  min?: number;
  max?: number;
  whole?: boolean;
}

/** A number or nothing. */
export const optionalNumber = ({ min = -Infinity, max = Infinity, whole = false }: NumberRange = {}) =>
  z
    .string()
    .default('')
    .transform((value, ctx) => {
      const trimmed = clean(value);
      return trimmed === '' ? null : parseNumber(trimmed, ctx, min, max, whole);
    });

/** Is `YYYY-MM-DD` a day that exists? */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** A calendar day or nothing. */
export const optionalDay = () =>
  z
    .string()
    .default('')
    .transform((value, ctx) => {
      const trimmed = clean(value);
      if (trimmed === '') return null;
      if (!isDay(trimmed)) ctx.addIssue({ code: 'custom', message: 'bad-date' });
      return trimmed;
    });

/** One of a closed list. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, {
    error: (issue) => (issue.input === undefined || issue.input === '' ? 'required' : 'bad-choice'),
  });

/** One of a closed list, or nothing. */
export const optionalChoice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .union([z.literal(''), z.enum(values)], { error: 'bad-choice' })
    .default('')
    .transform((value) => (value === '' ? null : value));

/** Several of anything; `readForm` gathers repeated fields for it. Duplicates are dropped. */
export const list = <T extends z.ZodType<string>>(of: T, max = 100) =>
  z
    .array(of)
    .default([])
    .transform((values) => [...new Set(values)].filter((value) => value !== ''))
    .refine((values) => values.length <= max, `too-many:${max}`);

/** A box: ticked or not. */
export const ticked = () =>
  z
    .string()
    .optional()
    .transform((value) => value === 'on' || value === 'true' || value === '1');
