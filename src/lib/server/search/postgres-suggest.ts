import { sql, type Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { findableBy } from '#lib/server/search/audience.ts';
import type { Held } from '#lib/server/search/held.ts';
import type { HeldView } from '#lib/server/search/held-view.ts';
import type { SuggestRequest, Suggestion } from '#lib/server/search/port.ts';
import { byIndexOnly } from '#lib/server/search/sql-matcher.ts';
import { namesStarting, suggestWith } from '#lib/server/search/suggest.ts';
import { tsquery } from '#lib/server/search/tsquery.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Names looked at: two letters may begin thousands. */
const MOST_NAMES = 300;

const nameIn = (request: SuggestRequest) => sql.ref(request.lang === 'en' ? 'name_en' : 'name_ko');
const ORDER = sql`vetted desc, length(text), id`;

interface NameRow {
  id: string;
  text: string;
}

async function fromView(
  db: Kysely<Database>,
  view: HeldView,
  kind: IndexKind,
  request: SuggestRequest,
  most: number,
): Promise<NameRow[]> {
  const found = view.find(namesStarting(request.q), null, request.audience);
  const ids = view.ids(found, new Set(), 0, MOST_NAMES);
  if (ids.length === 0) return [];
  const { rows } = await sql<NameRow>`
    select id, text from (select id, ${nameIn(request)} as text, vetted from ${sql.table(`search_${kind}`)}
      where id = any(${ids})) s
    order by ${ORDER} limit ${most}`.execute(db);
  return rows;
}

async function fromIndex(
  db: Kysely<Database>,
  kind: IndexKind,
  request: SuggestRequest,
  most: number,
): Promise<NameRow[]> {
  const query = tsquery(namesStarting(request.q));
  if (query === null) return [];
  return await db.transaction().execute(async (tx) => {
    await byIndexOnly(tx);
    const { rows } = await sql<NameRow>`
      select id, text from (select id, ${nameIn(request)} as text, vetted from ${sql.table(`search_${kind}`)}
        where tokens @@ ${query}::tsquery and ${findableBy(request.audience)}
        limit ${MOST_NAMES}) s
      order by ${ORDER} limit ${most}`.execute(tx);
    return rows;
  });
}

/** Suggestions from PostgreSQL. */
export function runSuggest(
  db: Kysely<Database>,
  held: Held | null,
  lexicon: Lexicon,
  request: SuggestRequest,
): Promise<Suggestion[]> {
  return suggestWith(lexicon, request, async (kinds, asked, most) => {
    const found: Suggestion[] = [];
    for (const kind of kinds) {
      const view = await held?.viewNow(kind);
      const rows = view
        ? await fromView(db, view, kind, asked, most)
        : await fromIndex(db, kind, asked, most);
      found.push(...rows.map((row) => ({ kind, ...row })));
    }
    return found;
  });
}
