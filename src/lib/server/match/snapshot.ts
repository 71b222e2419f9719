import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * Reads one state of the database over two connections at once: while rows of one are worked out the other's are
 * on their way. With one connection only, when no second one is to be had.
 */
export async function readSnapshot<T>(
  db: Kysely<Database>,
  work: (readers: readonly Transaction<Database>[]) => Promise<T>,
): Promise<T> {
  return begin(db, async (first) => {
    const { rows } = await sql<{ id: string }>`select pg_export_snapshot() as id`.execute(first);
    const id = rows[0]?.id ?? '';
    let begun = false;
    try {
      return await begin(db, async (second) => {
        await sql`set transaction snapshot ${sql.lit(id)}`.execute(second);
        begun = true;
        return work([first, second]);
      });
    } catch (error) {
      if (begun) throw error;
      return work([first]);
    }
  });
}

function begin<T>(db: Kysely<Database>, work: (snapshot: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}
