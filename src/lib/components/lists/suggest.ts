import type { Lang } from '#lib/i18n/lang.ts';

/** One line under a search field, as `GET /api/v1/suggest` answers it. */
export interface Suggestion {
  kind: 'company' | 'mineral' | 'capability' | 'project' | 'opportunity';
  text: string;
  id: string;
}

/** At most this many lines; more would hide the page. */
export const MAX_SUGGESTIONS = 5;
/** Pause in typing, in milliseconds, before asking. */
export const PAUSE_MS = 120;

/** Lines for what was typed. Never throws: without an answer there are simply no suggestions. */
export async function fetchSuggestions(
  query: string,
  lang: Lang,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  try {
    const asked = new URLSearchParams({ q: query, lang });
    const answer = await fetch(`/api/v1/suggest?${asked.toString()}`, {
      signal,
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) return [];
    return readSuggestions(await answer.json());
  } catch {
    return [];
  }
}

function readSuggestions(body: unknown): Suggestion[] {
  if (typeof body !== 'object' || body === null || !('items' in body) || !Array.isArray(body.items))
    return [];
  return body.items.filter(isSuggestion).slice(0, MAX_SUGGESTIONS);
}

function isSuggestion(item: unknown): item is Suggestion {
  return (
    typeof item === 'object' &&
    item !== null &&
    'text' in item &&
    typeof item.text === 'string' &&
    'kind' in item
  );
}

/** Where the choice moves to: down and up wrap around, -1 is the field itself. */
export function nextActive(key: string, active: number, count: number): number {
  if (count === 0) return -1;
  if (key === 'ArrowDown') return active >= count - 1 ? -1 : active + 1;
  if (key === 'ArrowUp') return active < 0 ? count - 1 : active - 1;
  return active;
}
