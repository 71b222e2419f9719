import type { Handle, RequestEvent } from '@sveltejs/kit';
import { organisationOf } from '#lib/domain/account/actor.ts';
import { hatThatFits } from '#lib/domain/account/hat.ts';
import type { Policy } from '#lib/domain/account/policy.ts';
import { href, stripLang } from '#lib/i18n/address.ts';
import { GATES } from '#lib/server/account/gates.ts';
import { readNotices } from '#lib/server/notice/commands.ts';

/** The page that answers 404 by itself; shown in place of what is hidden, so that both look the same. */
const NOT_HERE = '/not-here';

/**
 * Lets a request through only when the policy of its route allows the actor. A route without a policy is closed.
 * Who could get in another way is shown it: visitors sign in and come back, others put on the hat that fits.
 */
export const gate: Handle = async ({ event, resolve }) => {
  const id = event.route.id;
  if (id === null) return resolve(event);
  const policy = GATES[id];
  if (policy === undefined) return hidden(event);
  if (policy(event.locals.ctx.actor)) {
    await noteArrival(event);
    return resolve(event);
  }
  return wayIn(event, policy) ?? hidden(event);
};

function wayIn(event: RequestEvent, policy: Policy): Response | null {
  const { lang, session, ctx } = event.locals;
  const reads = event.request.method === 'GET' || event.request.method === 'HEAD';
  if (ctx.actor.kind === 'visitor') {
    // What was posted when the session had ended is not repeated; the page it came from is.
    const query = new URLSearchParams({ next: event.url.pathname + (reads ? event.url.search : '') });
    if (!reads) query.set('ended', '1');
    return seeOther(href(lang, `/sign-in?${query}`));
  }
  if (!reads || session === null) return null;
  const hat = hatThatFits(session.account, session.hats, policy);
  if (hat === null || hat.key === session.acting) return null;
  const query = new URLSearchParams({ to: hat.key, next: event.url.pathname + event.url.search });
  return seeOther(href(lang, `/account/acting?${query}`));
}

/**
 * Who opens the page that a notice leads to, or posts on it, has read the notice. What the browser fetches in the
 * background does not count: it does so when the pointer rests on a link.
 */
async function noteArrival(event: RequestEvent): Promise<void> {
  const { session, ctx } = event.locals;
  if (session === null || event.isDataRequest || event.isSubRequest) return;
  const here = stripLang(event.url.pathname);
  const leadHere = (path: string) => path.split(/[?#]/, 1)[0] === here;
  const paths = new Set(session.unreadPaths.filter(leadHere));
  let read = 0;
  for (const path of paths) {
    const outcome = await readNotices(ctx, { path, organisationId: organisationOf(ctx.actor) });
    if (outcome.ok) read += outcome.value.count;
  }
  if (read === 0) return;
  event.locals.session = {
    ...session,
    unread: session.unread - read,
    unreadPaths: session.unreadPaths.filter((path) => !leadHere(path)),
  };
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}

/** "Does not exist" and "not yours" in one: the page of an address that nobody has. */
async function hidden(event: RequestEvent): Promise<Response> {
  if (event.isDataRequest || event.request.method !== 'GET') {
    return new Response(JSON.stringify({ message: 'not-found' }), {
      status: 404,
      headers: { 'content-type': 'application/json' },
    });
  }
  return event.fetch(href(event.locals.lang, NOT_HERE), { headers: { accept: 'text/html' } });
}
