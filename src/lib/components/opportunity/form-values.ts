/** Values of a posted form that came back, else those that are stored. */
export type Posted = Record<string, string | string[]>;

export function textValue(posted: Posted | null | undefined, name: string, stored: string): string {
  const value = posted?.[name];
  if (posted === null || posted === undefined) return stored;
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

export function listValue(
  posted: Posted | null | undefined,
  name: string,
  stored: readonly string[],
): string[] {
  if (posted === null || posted === undefined) return [...stored];
  const value = posted[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** The code of a refusal in what an action answered; null when there is none. */
export function refusalOf(form: object | null | undefined): string | null {
  if (!form || !('refused' in form)) return null;
  return typeof form.refused === 'string' ? form.refused : null;
}
