import { createHmac } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { MOST_RECENT, type SearchAsked } from '#lib/domain/search/saved.ts';
import type { TermBudget } from '#lib/server/search/term-budget.ts';
import { newToken } from '#lib/server/platform/tokens.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Recent searches of people, and counts of what is looked for. */

type Db = Kysely<Database>;

/** Puts a search on top of a person's recent ones, unless they do not want them kept. */
export async function rememberSearch(
  db: Db,
  accountId: string,
  asked: SearchAsked,
  now: Date,
): Promise<void> {
  const { kind, q, filters } = asked;
  const { numAffectedRows } = await sql`
    insert into recent_search (account_id, kind, q, filters, searched_at)
    select ${accountId}, ${kind}, ${q}, ${JSON.stringify(filters)}::jsonb, ${now}
    where not exists (select from search_setting where account_id = ${accountId} and not keep_recent)
    on conflict (account_id, kind, q, filters) do update set searched_at = excluded.searched_at`.execute(db);
  if (Number(numAffectedRows ?? 0) === 0) return;
  await sql`delete from recent_search where id in (select id from recent_search where account_id = ${accountId}
    order by searched_at desc, id desc offset ${MOST_RECENT})`.execute(db);
}

/** Removes one recent search of a person, or all. Answers how many. */
export async function forgetRecent(db: Db, accountId: string, id: string | 'all'): Promise<number> {
  let gone = db.deleteFrom('recent_search').where('account_id', '=', accountId);
  if (id !== 'all') gone = gone.where('id', '=', id);
  return Number((await gone.executeTakeFirst()).numDeletedRows);
}

export async function keepRecent(db: Db, accountId: string, keep: boolean): Promise<void> {
  await db
    .updateTable('search_setting')
    .set({ keep_recent: keep })
    .where('account_id', '=', accountId)
    .execute();
}

interface Counted {
  day: string;
  kind: IndexKind;
  terms: string;
  empty: boolean;
  /** Whose new terms are limited together; not kept. */
  party: string;
  /** Who asks; leaves no trace but a mark that cannot be turned back and is worth nothing without the key. */
  asker: string;
}

/**
 * Counts a search; one for terms that nobody asked for that day only while the budget lasts. Whether more than one person asked is found out by comparing marks; two are never kept.
 */
export async function countSearch(
  db: Db,
  { day, kind, terms, empty, party, asker }: Counted,
  now: Date,
  budget: TermBudget,
): Promise<void> {
  const key = await markKey(db, now);
  const mark = createHmac('sha256', key)
    .update(`${kind}\n${terms}\n${asker}`)
    .digest('base64url')
    .slice(0, 16);
  const zero = empty ? 1 : 0;
  const seen = sql`
    update search_term as held set asked = asked + 1, empty = empty + ${zero},
      several = several or mark <> ${mark} is true,
      mark = case when several or mark <> ${mark} then null else ${mark} end
    where day = ${day} and kind = ${kind} and terms = ${terms}`;
  if (Number((await seen.execute(db)).numAffectedRows ?? 0) > 0) return;
  if (!(await budget.take(party, day, now, (of) => rowsOf(db, of)))) return;
  const fresh = await sql`
    insert into search_term (day, kind, terms, asked, empty, mark)
    values (${day}, ${kind}, ${terms}, 1, ${zero}, ${mark})
    on conflict (day, kind, terms) do nothing`.execute(db);
  if (Number(fresh.numAffectedRows ?? 0) > 0) return;
  // Somebody asked for the same in this very moment.
  budget.known(party, now);
  await seen.execute(db);
}

async function rowsOf(db: Db, day: string): Promise<number> {
  const counted = await db
    .selectFrom('search_term')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('day', '=', day)
    .executeTakeFirstOrThrow();
  return counted.n;
}

async function markKey(db: Db, now: Date): Promise<string> {
  const held = () => db.selectFrom('search_mark_key').select('key').executeTakeFirst();
  const known = await held();
  if (known) return known.key;
  await db
    .insertInto('search_mark_key')
    .values({ key: newToken(), made_at: now })
    .onConflict((c) => c.column('singleton').doNothing())
    .execute();
  return (await held())?.key ?? '';
}

/**
 * Throws the key of the marks away when it is old, and the marks with it. What they were for is settled before: terms
 * that two people asked for on different days were asked for by several.
 */
export async function renewMarkKey(db: Db, before: Date, now: Date): Promise<boolean> {
  const old = await db
    .selectFrom('search_mark_key')
    .select('made_at')
    .where('made_at', '<', before)
    .forUpdate()
    .executeTakeFirst();
  if (!old) return false;
  await sql`update search_term t set several = true where not several and exists (
    select from search_term o where o.kind = t.kind and o.terms = t.terms and o.mark is not null
      and t.mark is not null and o.mark <> t.mark)`.execute(db);
  await sql`update search_term set mark = null where mark is not null`.execute(db);
  await db.updateTable('search_mark_key').set({ key: newToken(), made_at: now }).execute();
  return true;
}

/** Removes recent searches and counts that were kept long enough. */
export async function deleteOldSearches(db: Db, before: Date, firstDay: string): Promise<void> {
  await db.deleteFrom('recent_search').where('searched_at', '<', before).execute();
  await db.deleteFrom('search_term').where('day', '<', firstDay).execute();
}
