import { generateIdFromEntropySize } from 'lucia';
import type { Kysely } from 'kysely';
import type { Intent } from '#lib/domain/account/account.ts';
import { chooseHat, homeOf, isOfficeHat, type Hat } from '#lib/domain/account/hat.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { hatsAndUnread, hatsOf, lastHat, rememberHat, touchVisit } from '#lib/server/auth/person-queries.ts';
import { luciaFor } from '#lib/server/auth/lucia.ts';
import { deleteOtherSessions, deleteOwnSession } from '#lib/server/auth/session-repository.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { hashToken } from '#lib/server/platform/tokens.ts';

export type { Hat } from '#lib/domain/account/hat.ts';

/** Who is signed in in this browser, and as whom they act. */
export interface Session {
  /** SHA-256 of the cookie's token */
  id: string;
  account: { id: string; name: string; email: string; verified: boolean; lang: Lang; intent: Intent };
  hats: Hat[];
  /** Key of the hat worn; null when none is held or none was chosen. */
  acting: string | null;
  /** Unread notices. */
  unread: number;
  /** Where the unread notices lead that concern the hat worn, without language prefix; the newest 200. */
  unreadPaths: string[];
  /** When the visit before the present one ended; null at the first. */
  previousVisit: Date | null;
}

/** What is kept about the browser, so that a person can recognise their sessions. */
export interface Browser {
  agent: string;
  address: string;
}

/** A line of the list of sessions. */
export interface SessionLine {
  id: string;
  agent: string;
  address: string;
  createdAt: Date;
  seenAt: Date;
  current: boolean;
}

/** Officials read what is not theirs: their session ends after this long without use. */
const OFFICIAL_IDLE_MS = 8 * 3_600_000;

/**
 * The session behind a cookie's token; null when there is none or it ran out. `renewed` asks for the cookie to be
 * set again with the same token.
 */
export async function readSession(
  db: Kysely<Database>,
  token: string,
  now: Date,
): Promise<{ session: Session; renewed: boolean } | null> {
  const lucia = luciaFor(db);
  const found = await lucia.validateSession(hashToken(token));
  if (!found.session) return null;
  const { user } = found;
  const { hats, unread, waiting } = await hatsAndUnread(db, user.id);
  const idle = now.getTime() - found.session.seenAt.getTime();
  if (idle > OFFICIAL_IDLE_MS && hats.some(isOfficeHat)) {
    await lucia.invalidateSession(found.session.id);
    return null;
  }
  const previousVisit = await touchVisit(db, { ...user, session: found.session }, now);
  const acting = chooseHat(hats, found.session.acting)?.key ?? null;
  const session: Session = {
    id: found.session.id,
    account: {
      id: user.id,
      name: user.name,
      email: user.email,
      verified: user.verified,
      lang: user.lang,
      intent: user.intent,
    },
    hats,
    acting,
    unread,
    unreadPaths: waiting
      .filter((notice) => notice.organisation_id === null || notice.organisation_id === acting)
      .map((notice) => notice.path),
    previousVisit,
  };
  return { session, renewed: found.session.fresh };
}

/** Signs a person in: always a new session, with the hat worn last. Answers the token for the cookie. */
export async function startSession(
  db: Kysely<Database>,
  accountId: string,
  browser: Browser,
  now: Date,
  acting?: string,
): Promise<string> {
  const token = generateIdFromEntropySize(25);
  const attributes = {
    agent: browser.agent.slice(0, 300),
    address: browser.address.slice(0, 60),
    acting: acting ?? (await lastHat(db, accountId)),
    createdAt: now,
    seenAt: now,
  };
  await luciaFor(db).createSession(accountId, attributes, { sessionId: hashToken(token) });
  return token;
}

/** Another hat is another privilege: the session gets a new token, the old one ends. Answers the new token. */
export async function changeHat(
  db: Kysely<Database>,
  session: Session,
  acting: string,
  browser: Browser,
  now: Date,
): Promise<string> {
  await rememberHat(db, session.account.id, acting);
  const token = await startSession(db, session.account.id, browser, now, acting);
  await endSession(db, session.id);
  return token;
}

/** Ends one session by its id (not its token). */
export async function endSession(db: Kysely<Database>, id: string): Promise<void> {
  await luciaFor(db).invalidateSession(id);
}

/** Ends all sessions of a person: sign-out everywhere, new password. */
export async function endAllSessions(db: Kysely<Database>, accountId: string): Promise<void> {
  await luciaFor(db).invalidateUserSessions(accountId);
}

/** Ends all sessions of a person but the given one. Answers how many ended. */
export async function endOtherSessions(
  db: Kysely<Database>,
  accountId: string,
  keepId: string,
): Promise<number> {
  return deleteOtherSessions(db, accountId, keepId);
}

/** Ends a session that belongs to this person. Answers false when there is no such session of theirs. */
export async function endOwnSession(db: Kysely<Database>, accountId: string, id: string): Promise<boolean> {
  return deleteOwnSession(db, accountId, id);
}

/** The running sessions of a person, the one used last first. */
export async function sessionsOf(
  db: Kysely<Database>,
  accountId: string,
  currentId: string,
): Promise<SessionLine[]> {
  const sessions = await luciaFor(db).getUserSessions(accountId);
  return sessions.map((session) => ({
    id: session.id,
    agent: session.agent,
    address: session.address,
    createdAt: session.createdAt,
    seenAt: session.seenAt,
    current: session.id === currentId,
  }));
}

/** Removes what ran out (nightly). */
export async function deleteExpiredSessions(db: Kysely<Database>): Promise<void> {
  await luciaFor(db).deleteExpiredSessions();
}

/** Where a person goes after signing in: the home of the hat that a new session takes up. */
export async function startingPlace(db: Kysely<Database>, accountId: string): Promise<string> {
  const hats = await hatsOf(db, accountId);
  return homeOf(chooseHat(hats, await lastHat(db, accountId)), hats.length > 1);
}

/** Puts on a hat that was given just now, so that the session does not list it yet. Answers the new token. */
export async function wearNewHat(
  ctx: { db: Kysely<Database>; now: () => Date },
  session: Session,
  hat: string,
  browser: Browser,
): Promise<string> {
  return ctx.db.transaction().execute((db) => changeHat(db, session, hat, browser, ctx.now()));
}

/** Gives the session a new token, as after a new password. Answers it. */
export async function renewToken(
  ctx: { db: Kysely<Database>; now: () => Date },
  session: Session,
  browser: Browser,
): Promise<string> {
  return ctx.db.transaction().execute(async (db) => {
    const acting = session.acting ?? undefined;
    const token = await startSession(db, session.account.id, browser, ctx.now(), acting);
    await endSession(db, session.id);
    return token;
  });
}
