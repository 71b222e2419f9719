import { sql, type Kysely } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * Something read of the reference data alone (names of minerals, countries, capabilities, certificates), kept in this
 * process until the files are loaded again: one short question to the database in place of several long answers. The
 * state of the files is asked for before the reading, so that what a load changes meanwhile is read anew the next
 * time. What is handed out is shared: nobody may change it. `of` tells several readings apart, such as by language.
 */
export function keptReference<A extends string, T>(
  read: (db: Kysely<Database>, of: A) => Promise<T>,
): (db: Kysely<Database>, of: A) => Promise<T> {
  const memos = new WeakMap<Kysely<Database>, Map<A, { state: string; value: Promise<T> }>>();
  return async (db, of) => {
    const state = await stateOf(db);
    const memo = memos.get(db) ?? new Map<A, { state: string; value: Promise<T> }>();
    memos.set(db, memo);
    const known = memo.get(of);
    if (known?.state === state) return known.value;
    const value = read(db, of);
    memo.set(of, { state, value });
    // a reading that failed is not kept
    value.catch(() => memo.delete(of));
    return value;
  };
}

/** What the reference files held when they were last loaded. */
async function stateOf(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ state: string | null }>`
    select md5(string_agg(name || ' ' || sha256, ' ' order by name)) as state from reference_file`.execute(
    db,
  );
  return rows[0]?.state ?? '';
}
