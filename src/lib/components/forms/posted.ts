/** What a form came back with, by field. */
export type Posted = Readonly<Record<string, string | string[]>> | undefined;

/** The text typed into a field; undefined when the form was not posted or the field was left out. */
export function textOf(values: Posted, field: string): string | undefined {
  const value = values?.[field];
  return Array.isArray(value) ? value.at(-1) : value;
}

/** Was a box ticked in the posted form? `otherwise` before anything was posted. */
export function tickedIn(values: Posted, field: string, otherwise = false): boolean {
  return values === undefined ? otherwise : values[field] !== undefined;
}
