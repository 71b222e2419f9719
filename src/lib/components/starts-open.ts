/**
 * Attributes of a `<details>` that is unfolded from the start. An attribute bound to `open` would be written again
 * when the script arrives, and close what a quick reader has opened by then; spread attributes that are not there
 * are left alone.
 */
export function startsOpen(open: boolean): { open?: true } {
  return open ? { open: true } : {};
}
