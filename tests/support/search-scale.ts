import { sql, type Kysely } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

/** One mineral in every so many documents: shares fall as in real text. */
const MINERALS = [
  ['lithium', 2],
  ['graphite', 4],
  ['nickel', 5],
  ['cobalt', 9],
  ['tungsten', 41],
  ['gallium', 977],
] as const;

/**
 * Fills the index of companies with made-up rows inside the database, which takes seconds: tokens from those of half
 * the documents down to those of one, and names as words of the vocabulary.
 */
export async function fillCompanyIndex(db: Kysely<Database>, count: number): Promise<void> {
  const tagged = sql.join(
    MINERALS.map(
      ([mineral, every]) =>
        sql`case when n % ${sql.lit(every)} = 0 then array['g:' || ${sql.lit(mineral)}, 'm:' || ${sql.lit(mineral)},
          'f:mineral=' || ${sql.lit(mineral)}] else '{}' end`,
    ),
    sql` || `,
  );
  const { rows } = await sql<{ definition: string }>`
    select indexdef as definition from pg_indexes where indexname = 'search_company_tokens'`.execute(db);
  await sql`drop index search_company_tokens`.execute(db);
  await sql`
    insert into search_company (id, version, external_id, name_ko, name_en, tokens, facets, vetted, visibility, owner,
      updated_at)
    select 'c' || lpad(n::text, 7, '0'), 1, 's-' || n, '가온소재' || n, 'Gaon Materials ' || n,
      array_to_tsvector(array(select distinct t from unnest(array['n:가온소재' || n, 'n:gaonmaterials' || n, 'w:소재',
        'w:가온', 'h:ㄱㅇㅅㅈ', 'i:' || n, 's:kaonsoce', 'k:w-material', 't:설비' || n % 7, 't:공장' || n % 61,
        't:글' || n % 1009, 't:말' || n % 30011, 'f:status=registered'] || ${tagged}) t)),
      chr(256 + n % 20) || chr(300 + n % 7), n % 4 = 0, case when n % 25 = 0 then 'hidden' else 'public' end,
      'org-' || n, timestamptz '2026-01-01' + n * interval '1 second'
    from generate_series(1, ${count}::int) n`.execute(db);
  await sql`
    insert into search_company_word (word, field, letters)
    select '가온소재' || n, 'n', 'rkdhsthwo' || n from generate_series(1, ${count}::int) n
    union all select 'gaonmaterials' || n, 'n', 'gaonmaterials' || n from generate_series(1, ${count}::int) n
    union all select * from (values ('소재', 'w', 'thwo'), ('가온', 'w', 'rkdhs'), ('kaonsoce', 's', 'kaonsoce')) w`.execute(
    db,
  );
  await sql.raw(rows[0]?.definition ?? '').execute(db);
  await sql`analyze search_company, search_company_word`.execute(db);
}
