/** Lines of a list page. */
export const PER_PAGE = 20;

/** The page number of an address: 1 for anything that is none, at most the last page. */
export function pageNumber(text: string | null, total: number, perPage = PER_PAGE): number {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const page = /^\d{1,6}$/u.test(text ?? '') ? Number(text) : 1;
  return Math.min(Math.max(page, 1), pages);
}

export function pageOf<T>(items: readonly T[], page: number, perPage = PER_PAGE): T[] {
  return items.slice((page - 1) * perPage, page * perPage);
}
