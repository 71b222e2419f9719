/** A piece of plain text: words, or an address to follow. */
export interface Piece {
  text: string;
  href: string | null;
}

/** Splits plain text at its web addresses, so that a page can make links of those of its own origin. */
export function linked(text: string, origin: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    const address = found[0];
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), href: null });
    const own = address === origin || address.startsWith(`${origin}/`);
    pieces.push({ text: address, href: own ? address.slice(origin.length) || '/' : null });
    from = found.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}
