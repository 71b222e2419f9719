import { sql, type Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { findableBy } from '#lib/server/search/audience.ts';
import type { SuggestRequest, Suggestion } from '#lib/server/search/port.ts';
import { namesStarting, suggestWith } from '#lib/server/search/suggest.ts';
import { tsquery } from '#lib/server/search/tsquery.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Names looked at: two letters may begin thousands. */
const MOST_NAMES = 300;

async function fromNames(
  db: Kysely<Database>,
  kind: IndexKind,
  request: SuggestRequest,
  most: number,
): Promise<Suggestion[]> {
  const query = tsquery(namesStarting(request.q));
  if (query === null) return [];
  const name = sql.ref(request.lang === 'en' ? 'name_en' : 'name_ko');
  const { rows } = await sql<{ id: string; text: string }>`
    select id, text from (select id, ${name} as text, vetted from ${sql.table(`search_${kind}`)}
      where tokens @@ ${query}::tsquery and ${findableBy(request.audience)} limit ${MOST_NAMES}) s
    order by vetted desc, length(text), id limit ${most}`.execute(db);
  return rows.map((row) => ({ kind, text: row.text, id: row.id }));
}

/** Suggestions from PostgreSQL. */
export function runSuggest(
  db: Kysely<Database>,
  lexicon: Lexicon,
  request: SuggestRequest,
): Promise<Suggestion[]> {
  return suggestWith(lexicon, request, async (kinds, asked, most) => {
    const found: Suggestion[] = [];
    for (const kind of kinds) found.push(...(await fromNames(db, kind, asked, most)));
    return found;
  });
}
