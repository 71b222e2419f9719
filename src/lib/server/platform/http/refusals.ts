import { error, fail, type ActionFailure } from '@sveltejs/kit';
import type { FormValues } from '#lib/server/platform/http/forms.ts';
import type { Refused } from '#lib/server/platform/result.ts';

export interface RefusedForm {
  /** worded by the page beside its form */
  refused: string;
  errors: Record<string, string>;
  values: FormValues;
}

/** "Does not exist" and "not yours" are the same answer. */
const HIDDEN = new Set(['not-found', 'forbidden']);

/** A command's refusal as an action's answer: 404 for what is hidden, else 409 (or 400 with field errors). */
export function refused(refusal: Refused, values: FormValues = {}): ActionFailure<RefusedForm> {
  if (HIDDEN.has(refusal.code)) notFound();
  return fail(refusal.fields ? 400 : 409, { refused: refusal.code, errors: refusal.fields ?? {}, values });
}

export function notFound(): never {
  error(404, 'not-found');
}
