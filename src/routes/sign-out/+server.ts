import { redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { endSessions, signOut } from '#lib/server/account/sign-in-commands.ts';
import { clearToken } from '#lib/server/auth/cookie.ts';
import type { RequestHandler } from './$types';

/** Ends the session of this browser, or with `everywhere` all of the person's. Harmless when already signed out. */
export const POST: RequestHandler = async ({ locals, cookies, request, setHeaders }) => {
  const everywhere = (await request.formData()).has('everywhere');
  if (locals.session) {
    if (everywhere) await endSessions(locals.ctx, { all: true });
    else await signOut(locals.ctx, { sessionId: locals.session.id });
  }
  clearToken(locals.ctx.db, cookies);
  // Whoever uses the browser next does not find the pages by going back.
  setHeaders({ 'clear-site-data': '"cache"' });
  const done = everywhere ? 'signed-out-everywhere' : 'signed-out';
  redirect(303, href(locals.lang, `/sign-in?done=${done}`));
};

/** The address typed by hand leads to where one signs in; only the button signs out. */
export const GET: RequestHandler = ({ locals }) => redirect(303, href(locals.lang, '/sign-in'));
