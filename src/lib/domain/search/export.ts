/** What a result taken away as a file holds. */

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Rows of one file; the page says so when there are more. */
export const MOST_EXPORTED = 10_000;

/**
 * A text as a cell of a CSV file that no spreadsheet reads as a formula: what begins with a sign that starts one,
 * also after spaces and in full width, gets an apostrophe in front (OWASP, CSV Injection).
 */
export function safeCell(text: string): string {
  return /^[\s\u00a0\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}

/** The name of a file: what it holds and the day it was made (Korean, YYYY-MM-DD). */
export function exportName(kind: string, day: string, format: ExportFormat): string {
  return `gwangmaek-${kind}-${day}.${format}`;
}
