import { sql, type Kysely } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

export async function insertKey(
  db: Kysely<Database>,
  key: { idHash: string; accountId: string; acting: string | null; label: string },
): Promise<void> {
  await db
    .insertInto('api_key')
    .values({
      id_hash: key.idHash,
      account_id: key.accountId,
      acting: key.acting,
      scope: 'read',
      label: key.label,
    })
    .execute();
}

/** A key that is not revoked, with the person behind it. */
export async function findKey(db: Kysely<Database>, idHash: string) {
  return db
    .selectFrom('api_key')
    .innerJoin('account', 'account.id', 'api_key.account_id')
    .select(['api_key.id', 'api_key.account_id', 'api_key.acting', 'account.name', 'account.email'])
    .select(sql<boolean>`account.email_verified_at is not null`.as('verified'))
    .where('api_key.id_hash', '=', idHash)
    .where('api_key.revoked_at', 'is', null)
    .executeTakeFirst();
}

/** Notes the use of a key, at most once a minute. */
export async function noteKeyUse(db: Kysely<Database>, id: string, now: Date): Promise<void> {
  const due = new Date(now.getTime() - 60_000);
  await db
    .updateTable('api_key')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', due)]))
    .execute();
}
