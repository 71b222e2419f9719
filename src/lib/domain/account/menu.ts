/** A line of a menu, as far as it decides which line is the current one. Paths are without language prefix. */
export interface MenuPlace {
  path: string;
  /** Other places whose pages belong to this line. */
  also?: readonly string[];
  /** Only the page itself belongs to this line, not what lies below it: a home. */
  exact?: boolean;
}

/** Is the path the place, or below it? */
export const isBelow = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}/`);

/** The line of a menu that a page belongs to: that of the longest place the page lies in. */
export function currentPlace<T extends MenuPlace>(places: readonly T[], pathname: string): T | null {
  let best: { place: T; length: number } | null = null;
  for (const place of places)
    for (const at of [place.path, ...(place.also ?? [])]) {
      const inside = place.exact ? pathname === at : isBelow(pathname, at);
      if (inside && at.length > (best?.length ?? 0)) best = { place, length: at.length };
    }
  return best?.place ?? null;
}
