import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Actor } from '#lib/domain/account/actor.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { and, type Expr } from '#lib/domain/search/plan.ts';
import { parseQuery } from '#lib/domain/search/query.ts';
import { probesOf } from '#lib/domain/search/resolve.ts';
import type { Frequency, SavedFilters, SearchAsked } from '#lib/domain/search/saved.ts';
import { isUncertain, pack, readWatched, unpack, watched, watchedFilters } from '#lib/domain/search/watch.ts';
import { findableBy } from '#lib/server/search/audience.ts';
import type { LexiconInEffect } from '#lib/server/search/lexicon-queries.ts';
import type { Audience } from '#lib/server/search/port.ts';
import { tsquery } from '#lib/server/search/tsquery.ts';
import { lookUpWords } from '#lib/server/search/vocabulary.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Saved searches in the database: what they wait for, and what they have found. */

type Db = Kysely<Database>;

const marks = new WeakMap<LexiconInEffect, string>();

/** Names a lexicon: readings made with another one are made again. */
export function lexiconMark(words: LexiconInEffect): string {
  let mark = marks.get(words);
  if (mark === undefined) {
    const hash = createHash('sha256');
    for (const row of words.entries)
      hash.update(`${row.concept}\t${row.term}\t${row.form}\t${row.broader}\n`);
    marks.set(words, (mark = hash.digest('hex').slice(0, 16)));
  }
  return mark;
}

/**
 * Reads a query as a saved search waits for it. Call inside a transaction: looking words up sets a threshold for it.
 */
async function read(db: Db, words: LexiconInEffect, kind: IndexKind, q: string) {
  const parsed = parseQuery(words.lexicon, q, kind);
  const vocabulary = await lookUpWords(db, kind, probesOf(parsed));
  const expr = watched(readWatched(words.lexicon, parsed, vocabulary));
  return { expr, uncertain: isUncertain(parsed) };
}

/** The reading of a query, made when it is missing or was made with another lexicon. */
export async function readingOf(
  db: Db,
  words: LexiconInEffect,
  kind: IndexKind,
  q: string,
  now: Date,
): Promise<{ id: number; expr: Expr }> {
  const lexicon = lexiconMark(words);
  const held = await db
    .selectFrom('search_reading')
    .select(['id', 'expr', 'lexicon'])
    .where('kind', '=', kind)
    .where('q', '=', q)
    .executeTakeFirst();
  if (held?.lexicon === lexicon) return { id: held.id, expr: unpack(held.expr) };
  const { expr, uncertain } = await read(db, words, kind, q);
  const values = { expr: JSON.stringify(pack(expr)), uncertain, lexicon, read_at: now };
  const { id } = await db
    .insertInto('search_reading')
    .values({ kind, q, ...values })
    .onConflict((c) =>
      c.columns(['kind', 'q']).doUpdateSet({ ...values, xid: sql<string>`pg_current_xact_id()` }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, expr };
}

/** Readings after `after` that may have become another: uncertain ones, and those of another lexicon. */
export async function staleReadings(db: Db, lexicon: string, after: number, most: number) {
  return await db
    .selectFrom('search_reading')
    .select(['id', 'kind', 'q', 'expr'])
    .where('id', '>', after)
    .where((eb) => eb.or([eb('uncertain', '=', true), eb('lexicon', '<>', lexicon)]))
    .orderBy('id')
    .limit(most)
    .execute();
}

export interface HeldReading {
  id: number;
  kind: IndexKind;
  q: string;
  expr: unknown;
}

/**
 * Makes readings again, all in one statement; the compiled sets hear only of those that have become another. Answers
 * how many. Call inside a transaction.
 */
export async function reread(
  db: Db,
  words: LexiconInEffect,
  held: readonly HeldReading[],
  now: Date,
): Promise<number> {
  const exprs: string[] = [];
  const uncertain: boolean[] = [];
  const differ: boolean[] = [];
  for (const reading of held) {
    const made = await read(db, words, reading.kind, reading.q);
    const text = JSON.stringify(pack(made.expr));
    exprs.push(text);
    uncertain.push(made.uncertain);
    differ.push(text !== JSON.stringify(reading.expr));
  }
  const ids = held.map(({ id }) => id);
  await sql`update search_reading r
    set expr = made.expr::jsonb, uncertain = made.uncertain, lexicon = ${lexiconMark(words)},
      read_at = ${now}::timestamptz, xid = case when made.differs then pg_current_xact_id() else r.xid end
    from unnest(${ids}::int[], ${exprs}::text[], ${uncertain}::boolean[], ${differ}::boolean[])
      as made (id, expr, uncertain, differs)
    where r.id = made.id`.execute(db);
  return differ.filter(Boolean).length;
}

/** As whom an actor's searches are answered later. */
export function saverOf(actor: Actor): { organisation_id: string | null; official: boolean } {
  return {
    organisation_id: actor.kind === 'member' ? actor.organisationId : null,
    official: actor.kind === 'official',
  };
}

export interface NewSearch extends SearchAsked {
  account_id: string;
  organisation_id: string | null;
  official: boolean;
  reading_id: number;
  name: string;
  frequency: Frequency;
  stop_token: string;
}

export async function insertSearch(db: Db, search: NewSearch, now: Date): Promise<string> {
  const { filters, ...rest } = search;
  const { id } = await db
    .insertInto('saved_search')
    .values({ ...rest, filters: JSON.stringify(filters), created_at: now, seen_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Everything a search matches now is known to the person and is not told. Answers how many. */
export async function markKnown(
  db: Db,
  search: { id: string; kind: IndexKind; filters: SavedFilters; expr: Expr },
  audience: Audience,
  now: Date,
): Promise<number> {
  const text = tsquery(and([search.expr, watchedFilters(search.filters)].filter(isAsking)));
  if (text === null) return 0;
  const { numAffectedRows } = await sql`
    insert into saved_search_hit (saved_search_id, document_id, known, found_at, told_at)
    select ${search.id}, d.id, true, ${now}, ${now} from ${sql.table(`search_${search.kind}`)} d
    where d.tokens @@ ${text}::tsquery and ${findableBy(audience)}
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Everything and nothing are no text of a query; what asks for everything is left out of what asks for something. */
const isAsking = (expr: Expr): boolean => expr.op === 'token' || expr.op === 'or' || expr.of.length > 0;

/** A person's own search, held until the transaction ends; null when there is none. */
export async function lockOwnSearch(db: Db, accountId: string, id: string) {
  return (
    (await db
      .selectFrom('saved_search')
      .select(['id', 'kind', 'q', 'filters', 'name', 'frequency', 'paused_at', 'removed_at'])
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .forUpdate()
      .executeTakeFirst()) ?? null
  );
}

/** The same search of the same person as the same saver, not removed. */
export async function sameSearch(
  db: Db,
  accountId: string,
  saver: { organisation_id: string | null; official: boolean },
  { kind, q, filters }: SearchAsked,
): Promise<string | null> {
  const row = await db
    .selectFrom('saved_search')
    .select('id')
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .where('kind', '=', kind)
    .where('q', '=', q)
    .where(sql<boolean>`filters = ${JSON.stringify(filters)}::jsonb`)
    .where('official', '=', saver.official)
    .where(sql<boolean>`organisation_id is not distinct from ${saver.organisation_id}::uuid`)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function countSearches(db: Db, accountId: string): Promise<number> {
  const { n } = await db
    .selectFrom('saved_search')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

export interface SearchChange {
  name?: string;
  frequency?: Frequency;
  seen_at?: Date;
  paused_at?: Date | null;
  removed_at?: Date | null;
}

export async function changeSearch(db: Db, id: string, change: SearchChange): Promise<void> {
  // Only what comes and goes concerns the compiled set.
  const set = 'removed_at' in change ? { ...change, xid: sql<string>`pg_current_xact_id()` } : change;
  await db.updateTable('saved_search').set(set).where('id', '=', id).execute();
}

/** What waits to be told is let go: the person has seen it, or does not want to be told. */
export async function letGo(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('saved_search_hit')
    .set({ told_at: now })
    .where('saved_search_id', '=', id)
    .where('told_at', 'is', null)
    .execute();
}

/** The search that a stop link names. */
export async function lockStopped(db: Db, token: string) {
  return (
    (await db
      .selectFrom('saved_search')
      .select(['id', 'account_id', 'name', 'paused_at', 'removed_at'])
      .where('stop_token', '=', token)
      .forUpdate()
      .executeTakeFirst()) ?? null
  );
}

/** The person that the link for all alerts names. */
export async function accountOfStopAll(db: Db, token: string): Promise<string | null> {
  const row = await db
    .selectFrom('search_setting')
    .select('account_id')
    .where('stop_token', '=', token)
    .executeTakeFirst();
  return row?.account_id ?? null;
}

/** Searches of a person that still send alerts. */
export async function activeSearches(db: Db, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('saved_search')
    .select('id')
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .where('paused_at', 'is', null)
    .where('frequency', '<>', 'none')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

/** A person's settings of searching, made with a token for them when they have none. */
export async function settingOf(db: Db, accountId: string, token: string) {
  await db
    .insertInto('search_setting')
    .values({ account_id: accountId, stop_token: token })
    .onConflict((c) => c.column('account_id').doNothing())
    .execute();
  return await db
    .selectFrom('search_setting')
    .select(['keep_recent', 'stop_token'])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
}

/** Removes searches whose time to be brought back is over, and readings that nobody needs. */
export async function deleteRemoved(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('saved_search').where('removed_at', '<', before).execute();
  await sql`delete from search_reading r where r.read_at < ${before}
    and not exists (select from saved_search s where s.reading_id = r.id)`.execute(db);
}
