import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { toLetters } from '#lib/domain/search/hangul.ts';
import type { Probe } from '#lib/domain/search/query.ts';
import type { Vocabulary } from '#lib/domain/search/resolve.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Looks up words that the lexicon does not know among the words of the indexed documents. */

interface Row {
  word: string;
  letters: string;
  field: 'n' | 'w' | 's' | 't';
}

const MOST_EXACT = 40;
const MOST_INNER = 30;
const MOST_NEAR = 60;

/** Whole names that contain `s.inside`, before other words that do. Apart, so that a scan ends when enough are found. */
const names = (table: RawBuilder<unknown>) =>
  sql`(select * from ${table} where field = 'n' and letters like '%' || s.inside || '%' limit ${MOST_INNER})`;
const others = (table: RawBuilder<unknown>) =>
  sql`(select * from ${table} where field <> 'n' and letters like '%' || s.inside || '%' limit ${MOST_INNER})`;

/** Equal, beginning so, and containing: three index scans for all probes together. */
async function written(db: Kysely<Database>, kind: IndexKind, probes: readonly Probe[]): Promise<Row[]> {
  const table = sql.table(`search_${kind}_word`);
  const equal = [...new Set(probes.flatMap((p) => (p.layout === null ? p.forms : [...p.forms, p.layout])))];
  const starts = [...new Set(probes.flatMap((p) => [p.forms[0] ?? '', p.layout ?? '']))].filter(
    (s) => s.length > 1,
  );
  const halves = [...new Set(probes.map((p) => p.letters))].filter((l) => l.length > 2);
  const inner = halves.filter((l) => l.length > 3);
  const { rows } = await sql<Row>`
    (select word, field, letters from ${table} where word = any(${equal}))
    union all
    (select w.word, w.field, w.letters from unnest(${starts}::text[]) as s (start)
      cross join lateral (select * from ${table} where word >= s.start and word < s.start || chr(1114111)
        order by word limit ${MOST_EXACT}) w)
    union all
    (select w.word, w.field, w.letters from unnest(${halves}::text[]) as s (start)
      cross join lateral (select * from ${table} where letters >= s.start and letters < s.start || '~'
        order by letters limit ${MOST_EXACT}) w)
    union all
    (select w.word, w.field, w.letters from unnest(${inner}::text[]) as s (inside)
      cross join lateral (select * from ${names(table)} union all select * from ${others(table)}
        limit ${MOST_INNER}) w)`.execute(db);
  return rows;
}

/** Words that resemble a probe by trigrams, of nearly its length. */
async function resembling(db: Kysely<Database>, kind: IndexKind, letters: readonly string[]): Promise<Row[]> {
  const table = sql.table(`search_${kind}_word`);
  // One slip costs a short word most of its trigrams; in a long one the same slip leaves more than a third.
  const threshold = letters.some((l) => l.length < 8) ? '0.27' : '0.36';
  if (!db.isTransaction) return await db.transaction().execute((tx) => resembling(tx, kind, letters));
  await sql`select set_config('pg_trgm.similarity_threshold', ${threshold}, true)`.execute(db);
  // One by one, with the numbers in the text: the planner then sees how few words have such a length.
  const each = letters.map(
    (typed) => sql`(select word, field, letters from ${table}
      where letters % ${typed} and length(letters) between ${sql.lit(typed.length - 2)} and ${sql.lit(typed.length + 2)}
      order by similarity(letters, ${typed}) desc limit ${MOST_NEAR})`,
  );
  const { rows } = await sql<Row>`${sql.join(each, sql` union all `)}`.execute(db);
  return rows;
}

/** The vocabulary near the probes. */
export async function lookUpWords(
  db: Kysely<Database>,
  kind: IndexKind,
  probes: readonly Probe[],
): Promise<Vocabulary> {
  if (probes.length === 0) return [];
  const found: Row[] = await written(db, kind, probes);
  const unmet = probes.filter((p) => p.guess && !found.some((w) => p.forms.includes(w.word)));
  const letters = new Set<string>();
  for (const probe of unmet) {
    for (const form of probe.forms.slice(0, 2)) letters.add(toLetters(form));
    if (probe.layout !== null) letters.add(toLetters(probe.layout));
    if (probe.sound !== '') letters.add(probe.sound);
  }
  const long = [...letters].filter((l) => l.length > 3 && l.length < 40);
  if (long.length > 0) found.push(...(await resembling(db, kind, long)));
  return found;
}
