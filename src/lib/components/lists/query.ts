/** Addresses of lists: all state is in the query, these change one part of it and keep the rest. */

export interface Address {
  pathname: string;
  search: string;
}

/** The same list with one value of one filter taken away; goes back to the first page. */
export function withoutValue(url: Address, name: string, value: string): string {
  const query = new URLSearchParams(
    [...new URLSearchParams(url.search)].filter(
      ([key, one]) => key !== 'page' && !(key === name && one === value),
    ),
  );
  return join(url.pathname, query);
}

/** The same list with names set, or taken away by null; goes back to the first page unless `page` is among them. */
export function withValues(url: Address, changes: Record<string, string | number | null>): string {
  const query = new URLSearchParams(url.search);
  if (!('page' in changes)) query.delete('page');
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, String(value));
  }
  return join(url.pathname, query);
}

/** The same list with all values of one name replaced; goes back to the first page. */
export function withAll(url: Address, name: string, values: readonly string[]): string {
  const query = new URLSearchParams(url.search);
  query.delete(name);
  query.delete('page');
  for (const value of values) query.append(name, value);
  return join(url.pathname, query);
}

/** The nth page of the same list; the first has no number in its address. */
export function pageAddress(url: Address, page: number): string {
  return withValues(url, { page: page <= 1 ? null : page });
}

/** Every name and value of the query except some names, for hidden fields of a GET form. */
export function keptFields(search: string, except: readonly string[]): { name: string; value: string }[] {
  return [...new URLSearchParams(search)]
    .filter(([name]) => !except.includes(name))
    .map(([name, value]) => ({ name, value }));
}

/** The pages a pager names: first, last, and those around the present one; null is a gap. */
export function pagerPages(page: number, pages: number): (number | null)[] {
  const named = new Set([1, pages, page - 1, page, page + 1].filter((n) => n >= 1 && n <= pages));
  const sorted = [...named].sort((a, b) => a - b);
  return sorted.flatMap((n, i) => {
    const gap = n - (sorted[i - 1] ?? 0);
    if (gap === 2) return [n - 1, n];
    return gap > 2 ? [null, n] : [n];
  });
}

function join(pathname: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? pathname : `${pathname}?${text}`;
}
