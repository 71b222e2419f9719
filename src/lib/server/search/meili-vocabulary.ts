import type { MultiSearchQuery } from 'meilisearch';
import { z } from 'zod';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { toLetters } from '#lib/domain/search/hangul.ts';
import type { Probe } from '#lib/domain/search/query.ts';
import type { Vocabulary } from '#lib/domain/search/resolve.ts';
import { read, type MeiliClient } from '#lib/server/search/meili-client.ts';
import { wordHit } from '#lib/server/search/meili-document.ts';
import { GUARD, indexUid } from '#lib/server/search/meili-settings.ts';
import { storedToken } from '#lib/server/search/meili-text.ts';

/** Looks up words that the lexicon does not know among the words of the indexed documents, as PostgreSQL does. */

const MOST_EXACT = 40;
const MOST_INNER = 30;
const MOST_NEAR = 60;

const words = z.array(wordHit);

type Ask = Pick<MultiSearchQuery, 'filter' | 'sort' | 'limit' | 'q'>;

/** Values as they are stored; those that are too long to be are in no index. */
const stored = (values: readonly string[]): string[] => values.map(storedToken).filter((s) => s !== null);

const beginning = (attribute: string, values: readonly string[]): string[] =>
  stored(values).map((value) => `${attribute} STARTS WITH "${value}"`);

/** Equal, beginning so, and containing. */
function written(probes: readonly Probe[]): Ask[] {
  const equal = [...new Set(probes.flatMap((p) => (p.layout === null ? p.forms : [...p.forms, p.layout])))];
  const starts = [...new Set(probes.flatMap((p) => [p.forms[0] ?? '', p.layout ?? '']))].filter(
    (s) => s.length > 1,
  );
  const halves = [...new Set(probes.map((p) => p.letters))].filter((l) => l.length > 2);
  const inner = [...new Set(probes.map((p) => p.forms[0] ?? ''))].filter((f) => toLetters(f).length > 3);
  const keys = stored(equal).map((key) => `"${key}"`);
  return [
    ...(keys.length > 0 ? [{ filter: `key IN [${keys.join(',')}]`, limit: 4 * keys.length }] : []),
    ...beginning('key', starts).map((filter) => ({ filter, sort: ['key:asc'], limit: MOST_EXACT })),
    ...beginning('letters', halves).map((filter) => ({ filter, sort: ['letters:asc'], limit: MOST_EXACT })),
    ...beginning('tails', inner).map((filter) => ({ filter, sort: ['field:asc'], limit: MOST_INNER })),
  ];
}

/** One or two slips away, by the server's own reading of typing errors. */
function resembling(letters: readonly string[]): Ask[] {
  return letters.map((l) => ({
    ...{ q: GUARD + l, limit: MOST_NEAR },
    filter: `size ${l.length - 2} TO ${l.length + 2}`,
  }));
}

async function ask(
  client: MeiliClient,
  kind: IndexKind,
  asks: readonly Ask[],
  signal: AbortSignal,
): Promise<z.infer<typeof words>> {
  const uid = indexUid(client.prefix, kind, 'words');
  const found = await client.search(
    asks.map((one) => ({ indexUid: uid, ...one })),
    signal,
  );
  return found.flatMap((answer) => read(words, answer.hits));
}

/** The vocabulary near the probes. */
export async function lookUpWords(
  client: MeiliClient,
  kind: IndexKind,
  probes: readonly Probe[],
  signal: AbortSignal,
): Promise<Vocabulary> {
  if (probes.length === 0) return [];
  const found = await ask(client, kind, written(probes), signal);
  const unmet = probes.filter((p) => p.guess && !found.some((w) => p.forms.includes(w.word)));
  const letters = new Set<string>();
  for (const probe of unmet) {
    for (const form of probe.forms.slice(0, 2)) letters.add(toLetters(form));
    if (probe.layout !== null) letters.add(toLetters(probe.layout));
    if (probe.sound !== '') letters.add(probe.sound);
  }
  const long = [...letters].filter((l) => l.length > 3 && l.length < 40 && /^[a-z0-9]+$/.test(l));
  return long.length > 0 ? [...found, ...(await ask(client, kind, resembling(long), signal))] : found;
}
