import type { Kysely } from 'kysely';
import type { Actor } from '#lib/domain/account/actor.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Clock } from '#lib/server/platform/clock.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What every query and command is handed: the database, as whom, when, in which language, for which request. */
export interface Context {
  db: Kysely<Database>;
  actor: Actor;
  now: Clock;
  lang: Lang;
  requestId: string;
}

/** The portal acting by itself: jobs, imports, the command line. */
export function systemContext(db: Kysely<Database>, name: string, now: Clock): Context {
  return { db, actor: { kind: 'system', name }, now, lang: 'ko', requestId: name };
}
