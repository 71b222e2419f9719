import type { Range } from '#lib/domain/search/highlight.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/gu, (character) => ESCAPES[character] ?? '');

/**
 * A text (NFC) as HTML with `<mark>` around the ranges; everything else of it is escaped.
 * @param ranges in order, not overlapping
 */
export function markedHtml(text: string, ranges: readonly Range[]): string {
  let html = '';
  let at = 0;
  for (const [start, end] of ranges) {
    html += `${escape(text.slice(at, start))}<mark>${escape(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escape(text.slice(at));
}
