const HERE = 'https://here.invalid';

/** Is there a control character, as browsers drop silently from addresses (tab, line break)? */
function hasControl(value: string): boolean {
  return [...value].some((char) => char.charCodeAt(0) < 0x20 || char.charCodeAt(0) === 0x7f);
}

/**
 * The address to go on to after signing in or switching, from a form or a query: a path of our own, or null.
 * Anything that a browser could read as another host is refused: `//host`, `/\host`, `https:…`, line breaks.
 */
export function safeNext(value: string | null | undefined): string | null {
  if (!value?.startsWith('/') || value.length > 2000) return null;
  if (value.startsWith('//') || value.includes('\\') || hasControl(value)) return null;
  if (!URL.canParse(value, HERE)) return null;
  const url = new URL(value, HERE);
  if (url.origin !== HERE || url.pathname.startsWith('//')) return null;
  return url.pathname + url.search + url.hash;
}
