/** What a command answers. An expected refusal is a code, worded by i18n at the edge; the unexpected is thrown. */
export type Outcome<T, C extends string = string> = Done<T> | Refused<C>;

export interface Done<T> {
  ok: true;
  value: T;
}

export interface Refused<C extends string = string> {
  ok: false;
  code: C;
  /** Field → issue code (see `i18n/field-errors.ts`), when the refusal is about what was typed. */
  fields?: Record<string, string>;
}

export function done(): Done<undefined>;
export function done<T>(value: T): Done<T>;
export function done<T>(value?: T): Done<T | undefined> {
  return { ok: true, value };
}

export function refuse<C extends string>(code: C, fields?: Record<string, string>): Refused<C> {
  return fields ? { ok: false, code, fields } : { ok: false, code };
}
