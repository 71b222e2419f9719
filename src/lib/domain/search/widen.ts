import { quotedText } from './query.ts';

/** What a list is asked for: words, and filters by their names in the address. */
export interface Asked {
  readonly q: string;
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** A wider search, and what it leaves out. */
export interface Widening extends Asked {
  /** Names of the filters left out. */
  readonly without: readonly string[];
  /** Words left out, as typed; empty when all were kept. */
  readonly dropped: string;
}

/** A wider search with how many it finds. */
export interface Wider extends Widening {
  readonly total: number;
}

/** Of longer queries the engine leaves words out by itself. */
const MOST_WORDS = 5;

function wordsOf(q: string): string[] {
  const words = q.split(/\s+/u).filter((word) => word !== '');
  return quotedText(q) !== null || words.length > MOST_WORDS ? [q] : words;
}

/**
 * Wider searches, step by step: first with one thing less (a filter, a word), then without any filter or without
 * any word. To be tried until one finds something.
 */
export function widenings({ q, filters }: Asked): Widening[][] {
  const names = Object.keys(filters).filter((name) => (filters[name]?.length ?? 0) > 0);
  const words = wordsOf(q);
  const kept = (without: readonly string[]) =>
    Object.fromEntries(Object.entries(filters).filter(([name]) => !without.includes(name)));
  const lessFilters = (without: readonly string[]): Widening => ({
    ...{ q, filters: kept(without), without, dropped: '' },
  });
  const lessWords = (left: string, dropped: string): Widening => ({ q: left, filters, without: [], dropped });
  const one = [
    ...names.map((name) => lessFilters([name])),
    ...(words.length > 1
      ? words.map((word, i) => lessWords(words.filter((_, j) => j !== i).join(' '), word))
      : []),
    // Without filters, no words at all is the whole list.
    ...(words.length === 1 && names.length > 0 ? [lessWords('', q)] : []),
  ];
  const all = [
    ...(names.length > 1 && words.length > 0 ? [lessFilters(names)] : []),
    ...(words.length > 1 && names.length > 0 ? [lessWords('', q)] : []),
    ...(names.length > 2 ? names.map((name) => lessFilters(names.filter((other) => other !== name))) : []),
  ];
  return [one, all].filter((step) => step.length > 0);
}

/** At most this many are offered. */
const MOST = 6;

/**
 * The wider searches that find more than `total`, from the first step that has any, most first.
 * @param count how many a search finds
 */
export async function widerThan(
  asked: Asked,
  total: number,
  count: (asked: Asked) => Promise<number>,
): Promise<Wider[]> {
  for (const step of widenings(asked)) {
    const counted = await Promise.all(
      step.map(async (one): Promise<Wider> => ({ ...one, total: await count(one) })),
    );
    const found = counted.filter((one) => one.total > total);
    if (found.length > 0) return found.sort((a, b) => b.total - a.total).slice(0, MOST);
  }
  return [];
}
