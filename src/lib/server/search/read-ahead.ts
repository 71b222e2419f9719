/** Reads what the hits of a page stand for while the search still counts what else there is. */
export interface ReadAhead<T> {
  /** For the search: begins to read these. */
  foreseen(this: void, ids: readonly string[]): void;
  /** For what was found in the end: what was begun, if these are the same. */
  read(this: void, ids: readonly string[]): Promise<T>;
}

/** `read` is called once, or once more when other hits were found than were foreseen. */
export function readAhead<T>(read: (ids: readonly string[]) => Promise<T>): ReadAhead<T> {
  const keyOf = (ids: readonly string[]) => ids.join(' ');
  let begun: { key: string; work: Promise<T> } | null = null;
  return {
    foreseen(ids) {
      begun = { key: keyOf(ids), work: read(ids) };
      // Heard of where it is waited for; the search may have failed before.
      begun.work.catch(() => undefined);
    },
    read: (ids) => (begun?.key === keyOf(ids) ? begun.work : read(ids)),
  };
}
