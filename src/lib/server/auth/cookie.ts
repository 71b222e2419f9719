import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { luciaFor } from '#lib/server/auth/lucia.ts';
import type { Browser } from '#lib/server/auth/session.ts';
import { config } from '#lib/server/platform/config.ts';
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

/** What a request tells of the browser it comes from. */
export function browserOf(event: RequestEvent): Browser {
  return { agent: event.request.headers.get('user-agent') ?? '', address: event.getClientAddress() };
}

/** Which sign-up waits in this browser for its mail to be confirmed. */
export interface WaitingSignUp {
  /** Secret that lets this browser go on at once when the mail is confirmed in it. */
  token: string;
  email: string;
}

const SIGN_UP = 'sign-up';

export function rememberSignUp(cookies: Cookies, waiting: WaitingSignUp): void {
  const email = Buffer.from(waiting.email, 'utf8').toString('base64url');
  cookies.set(SIGN_UP, `${waiting.token}.${email}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config().origin.startsWith('https:'),
    maxAge: 86_400,
  });
}

export function waitingSignUp(cookies: Cookies): WaitingSignUp | null {
  const [token, email] = cookies.get(SIGN_UP)?.split('.') ?? [];
  if (!token || !email) return null;
  return { token, email: Buffer.from(email, 'base64url').toString('utf8') };
}

export function forgetSignUp(cookies: Cookies): void {
  cookies.delete(SIGN_UP, { path: '/', secure: config().origin.startsWith('https:') });
}
