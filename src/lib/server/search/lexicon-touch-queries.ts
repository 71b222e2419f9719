import { sql, type Kysely } from 'kysely';
import type { IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import { compileLexicon, type Lexicon } from '#lib/domain/search/lexicon.ts';
import { entryKeyOf, type LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';
import { touchOf, type TermTouch } from '#lib/domain/search/lexicon-touch.ts';
import { sureLoan } from '#lib/domain/search/loanword.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { lexiconOf, type LexiconInEffect } from '#lib/server/search/lexicon-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * The documents that a change of the lexicon touches. First the rows whose text may hold a changed term, by one pass
 * over the texts; then those of them whose documents really differ.
 */

type Db = Kysely<Database>;

const BATCH = 500;

const TEXTS = {
  company: sql`select o.id::text as id, concat_ws(' ', o.name_ko, o.name_en, array_to_string(o.former_names, ' '),
      c.province, c.summary_ko, c.summary_en,
      (select string_agg(concat_ws(' ', note_ko, note_en), ' ') from company_capability where organisation_id = o.id),
      (select string_agg(concat_ws(' ', title, client), ' ') from company_reference where organisation_id = o.id)) as text
    from organisation o join company c on c.organisation_id = o.id`,
  opportunity: sql`select p.id::text as id, concat_ws(' ', p.title_ko, p.title_en, p.summary_ko, p.summary_en, p.publisher,
      p.place, array_to_string(p.finance, ' '), j.name_ko, j.name_en) as text
    from opportunity p left join project j on j.id = p.project_id`,
  project: sql`select id, concat_ws(' ', name_ko, name_en, summary_ko, summary_en, operator,
      array_to_string(korean_participants, ' '), array_to_string(korean_participants_ko, ' ')) as text from project`,
} as const;

/** What changed terms leave in texts, and the terms by themselves: English ones are written in Hangul by sound too. */
export interface LexiconTouch extends TermTouch {
  readonly terms: Lexicon;
}

/** Words of the index that spell one of the terms by sound: 그래파이트 for graphite. */
async function wordsSpelling(db: Db, kind: IndexKind, terms: Lexicon): Promise<string[]> {
  if (!terms.letters.some(([, key]) => /^[a-z]/.test(key))) return [];
  const { rows } = await sql<{ word: string }>`
    select distinct word from ${sql.table(`search_${kind}_word`)}
    where field in ('t', 'w') and word ~ '^[가-힣]{4,}$'`.execute(db);
  return rows.map(({ word }) => word).filter((word) => sureLoan(terms, word) !== null);
}

/** Ids of rows whose text may hold a changed term, in order. Reads every text once. */
export async function rowsWith(db: Db, kind: IndexKind, touch: LexiconTouch): Promise<string[]> {
  if (touch.patterns.length === 0) return [];
  const spelled = await wordsSpelling(db, kind, touch.terms);
  const patterns = [...touch.patterns, ...spelled.map((word) => `%${word}%`)];
  const { rows } = await sql<{ id: string }>`
    select id from (${TEXTS[kind]}) t
    where regexp_replace(lower(normalize(text, NFKC)), ${'[\\s\\-‐‑–—·ㆍ・•&\'‘’"“”./(),:;+_]'}, '', 'g')
        like any(${patterns}::text[])
      or (${touch.hanja} and text ~ ${'[\u4e00-\u9fff\uf900-\ufaff]'})
      or (${touch.accents} and text ~ ${'[\u00c0-\u024f]'})
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Of some rows, those whose documents differ between two lexicons, as the second makes them. */
export async function documentsThatDiffer(
  db: Db,
  kind: IndexKind,
  ids: readonly string[],
  before: Lexicon,
  after: Lexicon,
): Promise<SearchDocument[]> {
  const old = new Map((await documentsOf(db, before, kind, ids, 0)).map((d) => [d.id, d]));
  const fresh = await documentsOf(db, after, kind, ids, 0);
  return fresh.filter((document) => {
    const held = old.get(document.id);
    return held === undefined || contentOf(held) !== contentOf(document);
  });
}

const contentOf = ({ tokens, vocabulary }: SearchDocument): string =>
  [...tokens, ...vocabulary.map((v) => `${v.field} ${v.word}`)].sort().join('\n');

/** What the terms that differ between two lexicons leave in texts. */
export function touchBetween(before: readonly LexiconEntry[], after: readonly LexiconEntry[]): LexiconTouch {
  const line = (row: LexiconEntry) => `${entryKeyOf(row)}\n${row.form}\n${row.broader}`;
  const held = new Set(before.map(line));
  const fresh = new Set(after.map(line));
  const changed = [
    ...before.filter((row) => !fresh.has(line(row))),
    ...after.filter((row) => !held.has(line(row))),
  ];
  return { ...touchOf(changed.map(({ term }) => term)), terms: compileLexicon(changed) };
}

/** Ids, in batches, of documents that changes of the lexicon since then have touched. */
export async function* touchedSince(
  db: Db,
  kind: IndexKind,
  before: LexiconInEffect,
): AsyncGenerator<string[]> {
  const after = await lexiconOf(db);
  if (after.version === before.version) return;
  const ids = await rowsWith(db, kind, touchBetween(before.entries, after.entries));
  for (let i = 0; i < ids.length; i += BATCH) {
    const some = ids.slice(i, i + BATCH);
    const differ = await documentsThatDiffer(db, kind, some, before.lexicon, after.lexicon);
    yield differ.map(({ id }) => id);
  }
}
