import type { DateLike } from '#lib/i18n/format.ts';

/**
 * Where a fact comes from. `confidence` as the reference data has it: `verified` was read in the named
 * source, `recalled` is general knowledge nobody has checked; `stated` is what an organisation says of itself.
 */
export interface Source {
  /** Publication, document or organisation, as it names itself. */
  name: string;
  /** Language of `name` when it is not the page's. */
  lang?: 'ko' | 'en' | undefined;
  url?: string | null | undefined;
  /** `verified`, `recalled` or `stated`; anything else counts as unchecked. */
  confidence: string;
  /** When it was published or last checked. */
  date?: DateLike | null | undefined;
  /** One sentence: how the figure was computed, what it leaves out. */
  note?: string | null | undefined;
}
