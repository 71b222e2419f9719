import { z } from 'zod';

export type FormValues = Record<string, string | string[]>;

export interface InvalidForm {
  /** field → issue code, worded by `fieldError(lang, code)` */
  errors: Record<string, string>;
  /** what was typed, to be shown again; never passwords */
  values: FormValues;
}

export type FormResult<T> = { ok: true; data: T; values: FormValues } | { ok: false; invalid: InvalidForm };

const SECRET = /password/i;

/** No text of the database may hold a NUL, and nobody types one. */
const plain = (value: string): string => value.replaceAll('\0', '');

/**
 * Reads a posted form against a schema. List fields of the schema gather repeated inputs. File inputs are left to
 * the caller (`formData` is returned by `event.request.formData()` once only, so pass it in).
 */
export function readForm<S extends z.ZodObject>(formData: FormData, schema: S): FormResult<z.output<S>> {
  const raw: Record<string, string | string[]> = {};
  const values: FormValues = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const given = formData.getAll(name).flatMap((value) => (typeof value === 'string' ? [plain(value)] : []));
    if (given.length === 0) continue;
    const value = isList(field) ? given : (given.at(-1) ?? '');
    raw[name] = value;
    if (!SECRET.test(name)) values[name] = value;
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { ok: true, data: parsed.data, values };
  return { ok: false, invalid: { errors: fieldErrors(parsed.error), values } };
}

/** The first issue of each field; an issue of the whole form stands under `form`. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.length > 0 ? issue.path.join('.') : 'form';
    errors[field] ??= issue.message;
  }
  return errors;
}

/** Is the schema a list once defaults, pipes and refinements are taken off? */
function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodArray) return true;
  if (schema instanceof z.ZodPipe) return isList(schema.in);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return isList(schema.unwrap());
  }
  return false;
}
