import type { Lang } from '#lib/i18n/lang.ts';
import { fieldError } from '#lib/i18n/field-errors.ts';

/** What a form shows: what was typed when it came back, else what is saved. */
export type Values = Record<string, string | string[] | undefined>;
export type Errors = Record<string, string | undefined>;

export function textOf(values: Values, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

export function listOf(values: Values, name: string): string[] {
  const value = values[name];
  if (Array.isArray(value)) return value;
  return value ? [value] : [];
}

/** The error of a field in words; undefined when it has none. */
export function errorOf(lang: Lang, errors: Errors, name: string): string | undefined {
  const code = errors[name];
  return code === undefined ? undefined : fieldError(lang, code);
}

interface SavedEntry {
  mode: 'add' | 'change';
  token: string;
  values: Values;
}

interface ReturnedForm {
  refused: string;
  errors: Errors;
  values: Values;
}

/**
 * The form of an entry as it is shown: what came back from a refused posting, or the entry as saved. One that is
 * gone meanwhile is written anew under the fresh id; one that was changed learns what it looks like now.
 */
export function entryForm(saved: SavedEntry, returned: ReturnedForm | null, seenBy: Record<string, string>) {
  const back = returned !== null && returned.values['token'] !== undefined ? returned : null;
  const gone = back?.refused === 'gone';
  const changing = back ? back.values['mode'] === 'change' && !gone : saved.mode === 'change';
  const token = back && !gone ? textOf(back.values, 'token') : saved.token;
  return {
    changing,
    token,
    seen: changing ? (seenBy[token] ?? '') : '',
    values: back?.values ?? saved.values,
    errors: returned?.errors ?? {},
  };
}
