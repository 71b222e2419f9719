import { type z } from 'zod';
import type { EntryMode } from '#lib/server/company/entry-commands.ts';
import { chosenFile, storeFile } from '#lib/server/document/commands.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, type FormValues } from '#lib/server/platform/http/forms.ts';
import { refuse, type Outcome } from '#lib/server/platform/result.ts';

/** What a posted form came to, with what was typed, to be shown again when it was refused. */
export interface Posted {
  outcome: Outcome<unknown>;
  values: FormValues;
}

/**
 * Reads the form of an entry and writes it. A file sent along goes to the vault first and stays chosen, so that a
 * mistake in another field does not cost a second upload.
 */
export async function postEntry<S extends z.ZodObject>(
  ctx: Context,
  formData: FormData,
  schema: S,
  write: (input: z.output<S> & { mode: EntryMode }) => Promise<Outcome<unknown>>,
): Promise<Posted> {
  const upload = chosenFile(formData, 'upload');
  const faults: Record<string, string> = {};
  if (upload !== null && 'file' in schema.shape) {
    const stored = await storeFile(ctx, upload);
    if (!stored.ok && stored.code === 'forbidden') return { outcome: refuse('forbidden'), values: {} };
    if (stored.ok) formData.set('file', stored.value.id);
    else faults['upload'] = stored.code;
  }
  const form = readForm(formData, schema);
  const values = form.ok ? form.values : form.invalid.values;
  const kept = { ...values, mode: modeOf(formData) };
  if (!form.ok || Object.keys(faults).length > 0) {
    const errors = form.ok ? {} : form.invalid.errors;
    return { outcome: refuse('invalid', { ...errors, ...faults }), values: kept };
  }
  return { outcome: await write({ ...form.data, mode: modeOf(formData) }), values: kept };
}

function modeOf(formData: FormData): EntryMode {
  return formData.get('mode') === 'change' ? 'change' : 'add';
}

/** Was nothing typed into the form of a new entry? Then going on saves nothing and is no mistake. */
export function isUntouched(formData: FormData, fields: readonly string[]): boolean {
  if (modeOf(formData) === 'change' || chosenFile(formData, 'upload') !== null) return false;
  return fields.every((field) => formData.getAll(field).every((value) => value === ''));
}

/** Where a step's form leads after saving: the button says so. */
export const NEXT_ACTS = ['continue', 'add', 'exit'] as const;
export type NextAct = (typeof NEXT_ACTS)[number];

export function nextAct(formData: FormData): NextAct {
  const act = formData.get('act');
  return NEXT_ACTS.find((known) => known === act) ?? 'continue';
}
