import { sql, type Kysely } from 'kysely';
import { startSession } from '#lib/server/auth/session.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** A signed-in publisher of many notices. */
export interface Lead {
  /** For the cookie `session`. */
  token: string;
  /** Its notices, in an order that has nothing to do with how they were made. */
  opportunities: string[];
}

/**
 * Gives made-up notices, which nobody in the portal published, to a vetted publisher with one owner, and signs that
 * person in. Only for a copy that is thrown away.
 */
export async function leadOf(db: Kysely<Database>, count: number, now: Date): Promise<Lead> {
  const { id: organisation } = await db
    .insertInto('organisation')
    .values({
      ...{ name_ko: '측정용 발주처', name_en: 'Bench publisher', country: 'KR', lead: true, supplier: false },
      ...{ standing: 'vetted', vetted_until: '2099-12-31' },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: account } = await db
    .insertInto('account')
    .values({
      ...{ email: 'lead@bench.example', name: 'Bench owner', password_hash: 'none' },
      ...{ email_verified_at: now, intent: 'lead' },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('membership')
    .values({ organisation_id: organisation, account_id: account, role: 'owner' })
    .execute();
  const { rows } = await sql<{ id: string }>`
    update opportunity set organisation_id = ${organisation}
    where id in (
      select id from opportunity where status = 'published' and deadline > ${now}
      order by md5(id::text) limit ${count}
    ) returning id`.execute(db);
  const token = await startSession(db, account, { agent: 'bench', address: '127.0.0.1' }, now, organisation);
  return { token, opportunities: rows.map(({ id }) => id) };
}
