import { sql, type Transaction } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

/** Nobody else makes or switches models until the transaction ends. */
export async function lockModels(db: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('match_model'))`.execute(db);
}

/** Who made a model; null for the shipped one, or when the account is gone. */
export async function modelMaker(db: Transaction<Database>, id: string): Promise<string | null> {
  const row = await db.selectFrom('match_model').select('made_by').where('id', '=', id).executeTakeFirst();
  return row?.made_by ?? null;
}

export async function wasInUse(db: Transaction<Database>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('match_model_switch')
    .select('id')
    .where('model', '=', id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
