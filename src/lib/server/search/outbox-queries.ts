import { sql, type Kysely } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { addJob } from '#lib/server/platform/job-queue.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Documents that the search server is still to be brought. One line a document, however often it changed. */

type Db = Kysely<Database>;

export interface Waiting {
  id: string;
  mark: string;
}

/** Notes documents for the search server and wakes the job that brings them. */
export async function noteForServer(db: Db, kind: IndexKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  // Sorted, so that two writers lock equal lines in one order.
  await sql`
    insert into search_outbox (kind, id) select ${kind}, id from unnest(${[...new Set(ids)].sort()}::text[]) id
    on conflict (kind, id) do update set mark = excluded.mark`.execute(db);
  await wakeSync(db);
}

/** A waiting run stays when it is: after a failure it waits for some seconds, which new changes must not shorten. */
export async function wakeSync(db: Db, runAt?: Date): Promise<void> {
  await addJob(db, 'search.sync', {}, { key: 'search.sync', keepTime: true, ...(runAt ? { runAt } : {}) });
}

/** The longest waiting documents of a kind. */
export async function waitingFor(db: Db, kind: IndexKind, most: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select id, mark::text as mark from search_outbox where kind = ${kind} order by mark limit ${most}`.execute(
    db,
  );
  return rows;
}

/** Takes out what was brought, unless it changed again since it was read. */
export async function brought(db: Db, kind: IndexKind, lines: readonly Waiting[]): Promise<void> {
  await sql`
    delete from search_outbox o using unnest(${lines.map((l) => l.id)}::text[], ${lines.map((l) => l.mark)}::bigint[])
      as sent (id, mark)
    where o.kind = ${kind} and o.id = sent.id and o.mark = sent.mark`.execute(db);
}

/** How many documents wait for the search server. */
export async function countWaiting(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from search_outbox`.execute(db);
  return rows[0]?.n ?? 0;
}

/**
 * Runs work that only one process may do at a time; null when another one is at it, unless `wait`. The lock goes with
 * its connection, so a process that was killed holds nothing.
 */
export async function alone<T>(
  db: Db,
  name: string,
  work: () => Promise<T>,
  wait = false,
): Promise<{ value: T } | null> {
  return await db.connection().execute(async (connection) => {
    const lock = wait
      ? sql<{ got: boolean }>`select true as got from pg_advisory_lock(hashtextextended(${name}, 0))`
      : sql<{ got: boolean }>`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as got`;
    const { rows } = await lock.execute(connection);
    if (rows[0]?.got !== true) return null;
    try {
      return { value: await work() };
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${name}, 0))`.execute(connection);
    }
  });
}
