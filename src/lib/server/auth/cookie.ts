import type { Cookies } from '@sveltejs/kit';
import { luciaFor } from '#lib/server/auth/lucia.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import type { Kysely } from 'kysely';

/** The session token this browser holds; null without one. */
export function readToken(db: Kysely<Database>, cookies: Cookies): string | null {
  return cookies.get(luciaFor(db).sessionCookieName) ?? null;
}

/** Gives the browser its token: HttpOnly, SameSite=Lax, and `__Host-` when the portal is reached over https. */
export function writeToken(db: Kysely<Database>, cookies: Cookies, token: string): void {
  const cookie = luciaFor(db).createSessionCookie(token);
  cookies.set(cookie.name, cookie.value, { path: '/', ...cookie.attributes });
}

export function clearToken(db: Kysely<Database>, cookies: Cookies): void {
  const cookie = luciaFor(db).createBlankSessionCookie();
  cookies.set(cookie.name, cookie.value, { path: '/', ...cookie.attributes });
}
