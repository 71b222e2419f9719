import type { HTMLInputAttributes } from 'svelte/elements';

/** What every field of the kit takes. All texts are already in the language of the page. */
export interface FieldProps {
  /** Name in the posted form; also the id, so that the error summary can point at it. */
  name: string;
  label: string;
  hint?: string | undefined;
  /** Worded error; undefined or empty when the value is fine. */
  error?: string | undefined;
  /** Required is the default; a field that is not says so beside its label. */
  required?: boolean | undefined;
  /** Only when a name occurs twice on one page. */
  id?: string | undefined;
  disabled?: boolean | undefined;
}

export type Autocomplete = HTMLInputAttributes['autocomplete'];
export type InputMode = HTMLInputAttributes['inputmode'];

/** A value to choose from. */
export interface Choice {
  value: string;
  label: string;
  hint?: string | undefined;
  /** Language of the label when it is not the page's. */
  lang?: string | undefined;
  disabled?: boolean | undefined;
}

/** The ids of hint and error, as `aria-describedby` wants them. */
export function describedBy(id: string, hint?: string, error?: string): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter((part) => part !== '');
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** Id of the nth choice of a group; the first one carries the name itself, which the summary links to. */
export function choiceId(id: string, value: string, index: number): string {
  return index === 0 ? id : `${id}-${value.replace(/[^\w-]/gu, '_')}`;
}
