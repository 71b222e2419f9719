import type { Kysely } from 'kysely';
import type { Adapter, DatabaseSession } from 'lucia';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * Rows of sessions as lucia wants to see them. Ids are already SHA-256 hashes when they arrive here: hashing
 * inside would hash a hash when one session ends another.
 */
export function sessionAdapter(db: Kysely<Database>): Adapter {
  return {
    async getSessionAndUser(id) {
      const row = await db
        .selectFrom('session')
        .innerJoin('account', 'account.id', 'session.user_id')
        .select(SESSION_COLUMNS)
        .select([
          'account.email',
          'account.name',
          'account.lang',
          'account.intent',
          'account.email_verified_at',
          'account.last_seen_at',
          'account.previous_visit_at',
        ])
        .where('session.id', '=', id)
        .executeTakeFirst();
      if (!row) return [null, null];
      const user = {
        id: row.user_id,
        attributes: {
          email: row.email,
          name: row.name,
          lang: row.lang,
          intent: row.intent,
          verified: row.email_verified_at !== null,
          lastSeenAt: row.last_seen_at,
          previousVisitAt: row.previous_visit_at,
        },
      };
      return [databaseSession(row), user];
    },
    async getUserSessions(userId) {
      const rows = await db
        .selectFrom('session')
        .select(SESSION_COLUMNS)
        .where('user_id', '=', userId)
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map(databaseSession);
    },
    async setSession(session) {
      const { agent, address, acting, createdAt, seenAt } = session.attributes;
      await db
        .insertInto('session')
        .values({
          id: session.id,
          user_id: session.userId,
          expires_at: session.expiresAt,
          agent,
          address,
          acting,
          created_at: createdAt,
          seen_at: seenAt,
        })
        .execute();
    },
    async updateSessionExpiration(id, expiresAt) {
      await db.updateTable('session').set({ expires_at: expiresAt }).where('id', '=', id).execute();
    },
    async deleteSession(id) {
      await db.deleteFrom('session').where('id', '=', id).execute();
    },
    async deleteUserSessions(userId) {
      await db.deleteFrom('session').where('user_id', '=', userId).execute();
    },
    async deleteExpiredSessions() {
      await db.deleteFrom('session').where('expires_at', '<=', new Date()).execute();
    },
  };
}

const SESSION_COLUMNS = [
  'session.id',
  'session.user_id',
  'session.expires_at',
  'session.agent',
  'session.address',
  'session.acting',
  'session.created_at',
  'session.seen_at',
] as const;

interface SessionRow {
  id: string;
  user_id: string;
  expires_at: Date;
  agent: string;
  address: string;
  acting: string | null;
  created_at: Date;
  seen_at: Date;
}

function databaseSession(row: SessionRow): DatabaseSession {
  return {
    id: row.id,
    userId: row.user_id,
    expiresAt: row.expires_at,
    attributes: {
      agent: row.agent,
      address: row.address,
      acting: row.acting,
      createdAt: row.created_at,
      seenAt: row.seen_at,
    },
  };
}

/** A person's session, but only their own. Answers whether it was there. */
export async function deleteOwnSession(
  db: Kysely<Database>,
  accountId: string,
  sessionId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('session')
    .where('id', '=', sessionId)
    .where('user_id', '=', accountId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** All sessions of a person but one. Answers how many ended. */
export async function deleteOtherSessions(
  db: Kysely<Database>,
  accountId: string,
  keepId: string,
): Promise<number> {
  const result = await db
    .deleteFrom('session')
    .where('user_id', '=', accountId)
    .where('id', '<>', keepId)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
