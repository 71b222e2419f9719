import { z } from 'zod';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { read, type MeiliClient } from '#lib/server/search/meili-client.ts';
import { all, filterOf, findable } from '#lib/server/search/meili-filter.ts';
import { indexUid } from '#lib/server/search/meili-settings.ts';
import type { Suggestion, SuggestRequest } from '#lib/server/search/port.ts';
import { namesStarting, suggestWith } from '#lib/server/search/suggest.ts';

const names = z.array(z.object({ id: z.string(), name_ko: z.string(), name_en: z.string() }));

/** Names that begin so, of all kinds in one request: vetted first, then the shorter. */
async function fromNames(
  client: MeiliClient,
  kinds: readonly IndexKind[],
  request: SuggestRequest,
  most: number,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  const match = filterOf(namesStarting(request.q));
  if (match === null) return [];
  const queries = kinds.map((kind) => ({
    ...{ indexUid: indexUid(client.prefix, kind, 'documents'), limit: most },
    filter: all(findable(request.audience), match),
    sort: ['vetted:desc', `length_${request.lang}:asc`, 'id:asc'],
    attributesToRetrieve: ['id', 'name_ko', 'name_en'],
  }));
  const answers = await client.search(queries, signal);
  return kinds.flatMap((kind, i) =>
    read(names, answers[i]?.hits).map((hit): Suggestion => ({
      kind,
      id: hit.id,
      text: request.lang === 'en' ? hit.name_en : hit.name_ko,
    })),
  );
}

/** Suggestions from Meilisearch. */
export function runSuggest(
  client: MeiliClient,
  lexicon: Lexicon,
  request: SuggestRequest,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  return suggestWith(lexicon, request, (kinds, asked, most) => fromNames(client, kinds, asked, most, signal));
}
