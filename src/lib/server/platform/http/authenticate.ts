import type { Handle, RequestEvent } from '@sveltejs/kit';
import { VISITOR, type Actor } from '#lib/domain/account/actor.ts';
import { actorFor } from '#lib/domain/account/hat.ts';
import { stripLang } from '#lib/i18n/address.ts';
import { actorOfKey, bearerKey } from '#lib/server/auth/api-key.ts';
import { clearToken, readToken, writeToken } from '#lib/server/auth/cookie.ts';
import { readSession, type Session } from '#lib/server/auth/session.ts';
import { Buckets } from '#lib/server/platform/buckets.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { clientOf } from '#lib/server/platform/http/client.ts';
import { problem } from '#lib/server/platform/http/problem.ts';
import { database } from '#lib/server/platform/http/runtime.ts';

/**
 * As whom the request is made: the session of the cookie with the hat worn, a key for programs (reading the
 * interface under /api/ only), or a visitor. Everything after this reads `locals.ctx`.
 */
export const authenticate: Handle = async ({ event, resolve }) => {
  const { locals } = event;
  const put = (actor: Actor, session: Session | null) => {
    locals.session = session;
    locals.ctx = {
      db: database().db,
      actor,
      now: systemClock,
      lang: locals.lang,
      requestId: locals.requestId,
    };
  };
  const key = isApi(event) ? bearerKey(event.request.headers.get('authorization')) : null;
  if (key !== null) {
    const party = clientOf(event);
    const taken = tries.take(party, systemClock());
    if (!taken.allowed)
      return problem(429, 'too-many-requests', 'Too many unknown keys were sent from this address.', {
        requestId: locals.requestId,
        headers: { 'retry-after': String(taken.retryAfter) },
      });
    const actor = await actorOfKey(database().db, key, systemClock());
    if (actor === null) return problem(401, 'bad-key', 'The key is not known or was revoked.');
    tries.giveBack(party, systemClock());
    if (!READS.has(event.request.method)) return problem(403, 'read-only', 'A key may only read.');
    put(actor, null);
    return resolve(event);
  }
  const session = await sessionOfCookie(event);
  put(session ? actorOf(session) : VISITOR, session);
  return resolve(event);
};

/** Unknown keys from one address: counted before the key is looked up, given back for a good one. */
const tries = new Buckets({ capacity: 300, secondsPerToken: 1 });

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

function isApi(event: RequestEvent): boolean {
  return stripLang(event.url.pathname).startsWith('/api/');
}

function actorOf(session: Session): Actor {
  return actorFor(session.account, session.hats.find((hat) => hat.key === session.acting) ?? null);
}

async function sessionOfCookie(event: RequestEvent): Promise<Session | null> {
  const { db } = database();
  const token = readToken(db, event.cookies);
  if (token === null) return null;
  const found = await readSession(db, token, systemClock());
  if (found === null) {
    clearToken(db, event.cookies);
    return null;
  }
  if (found.renewed) writeToken(db, event.cookies, token);
  return found.session;
}
