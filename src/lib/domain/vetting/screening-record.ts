import { z } from 'zod';

/** Lines of the files that screening in batch reads. */

const text = z.string().trim().min(1).max(500);
const names = z.array(text).min(1).max(100);
const countries = z
  .array(z.string().regex(/^[A-Z]{2}$/, 'is no country, expected two capital letters (ISO alpha-2)'))
  .default([]);
const birthDates = z
  .array(z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'is no date, expected YYYY, YYYY-MM or YYYY-MM-DD'))
  .default([]);
const identifiers = z.array(z.strictObject({ scheme: text, id: text })).default([]);

/** One entry of a restricted list. A weak alias is a name too common to be a hit by itself. */
export const listEntry = z.strictObject({
  id: text,
  list: z.enum(['UN', 'OFAC-SDN', 'OFAC-CONS', 'EU', 'UK', 'KR', 'TEST']),
  kind: z.enum(['person', 'entity', 'vessel']),
  names,
  weak_aliases: z.array(text).default([]),
  countries,
  birth_dates: birthDates,
  identifiers,
  programmes: z.array(text).default([]),
});
export type ListEntry = z.output<typeof listEntry>;

/** Somebody to be looked for on the list. */
export const screeningQuestion = z.strictObject({
  id: text,
  kind: z.enum(['person', 'entity']),
  names,
  countries,
  birth_dates: birthDates,
  identifiers,
});
export type ScreeningQuestion = z.output<typeof screeningQuestion>;
