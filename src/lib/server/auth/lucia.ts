import type { Kysely } from 'kysely';
import { Lucia, TimeSpan } from 'lucia';
import type { Intent } from '#lib/domain/account/account.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { sessionAdapter } from '#lib/server/auth/session-repository.ts';
import { config } from '#lib/server/platform/config.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** A session lives this long without use; half of it used up, the next request renews it. */
export const SESSION_DAYS = 14;

export interface SessionAttributes {
  /** What the browser calls itself, shortened. */
  agent: string;
  address: string;
  /** Key of the hat worn; null before one is chosen. */
  acting: string | null;
  createdAt: Date;
  seenAt: Date;
}

interface UserAttributes {
  email: string;
  name: string;
  lang: Lang;
  intent: Intent;
  verified: boolean;
  lastSeenAt: Date | null;
  previousVisitAt: Date | null;
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaFor>;
    UserId: string;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

/** Lucia on one database or one open transaction; it holds no state of its own. */
export function luciaFor(db: Kysely<Database>) {
  const secure = config().origin.startsWith('https:');
  return new Lucia(sessionAdapter(db), {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
    sessionCookie: { name: secure ? '__Host-session' : 'session', attributes: { secure } },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
}
