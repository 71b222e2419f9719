import { actorFor, chooseHat } from '#lib/domain/account/hat.ts';
import { VISITOR, type Actor } from '#lib/domain/account/actor.ts';
import type { Kysely } from 'kysely';
import { findKey, insertKey, noteKeyUse } from '#lib/server/auth/api-key-repository.ts';
import { hatsOf } from '#lib/server/auth/person-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { hashToken, newToken } from '#lib/server/platform/tokens.ts';

/** Begins every key, so that one found in a log or a repository can be recognised. */
const PREFIX = 'gmk_';

/** Makes a key that reads as the account with a hat. The answer is the only time the key itself is shown. */
export async function createApiKey(
  db: Kysely<Database>,
  key: { accountId: string; acting: string | null; label: string },
): Promise<string> {
  const secret = PREFIX + newToken();
  await insertKey(db, { ...key, idHash: hashToken(secret) });
  return secret;
}

/** The bearer key of an `Authorization` header; null when there is none. */
export function bearerKey(header: string | null): string | null {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null;
}

/** As whom a key reads; null when it is unknown or revoked. */
export async function actorOfKey(db: Kysely<Database>, key: string, now: Date): Promise<Actor | null> {
  if (!key.startsWith(PREFIX)) return null;
  const found = await findKey(db, hashToken(key));
  if (!found) return null;
  await noteKeyUse(db, found.id, now);
  if (!found.verified) return VISITOR;
  const hats = await hatsOf(db, found.account_id);
  const identity = { id: found.account_id, name: found.name, email: found.email, verified: found.verified };
  // A key made for one hat does not take up another when that one is lost.
  const worn = found.acting === null ? chooseHat(hats, null) : hats.find((hat) => hat.key === found.acting);
  return actorFor(identity, worn ?? null);
}
