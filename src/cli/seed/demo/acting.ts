import type { Kysely } from 'kysely';
import type { Stage } from './stage.ts';
import { actorFor } from '#lib/domain/account/hat.ts';
import { hatsOf } from '#lib/server/auth/person-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** A person of the demonstration in their first hat, for acts that come after the story of its transaction. */
export async function actingAs(db: Kysely<Database>, stage: Stage, who: string, at: Date): Promise<Context> {
  const account = await db
    .selectFrom('account')
    .select(['id', 'name', 'email', 'lang'])
    .where('id', '=', stage.account(who))
    .executeTakeFirstOrThrow();
  const [hat = null] = await hatsOf(db, account.id);
  const actor = actorFor({ ...account, verified: true }, hat);
  return { db, actor, now: () => at, lang: account.lang, requestId: 'seed-demo' };
}
