/** Without client code the text is sent once, as in a page that is only HTML. */
export const csr = false;

/** As many characters as asked for, so that both pages carry the same number of bytes. */
export function load({ url }) {
  return { text: 'x'.repeat(Math.min(1_000_000, Number(url.searchParams.get('bytes')) || 0)) };
}
