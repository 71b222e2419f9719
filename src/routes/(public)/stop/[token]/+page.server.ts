import { redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { stopAlerts } from '#lib/server/search/saved-commands.ts';
import { stopLink } from '#lib/server/search/saved-queries.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** Longer ones are none of ours. */
const LONGEST_TOKEN = 100;

/** Opening the link changes nothing, because mail filters open links as well; the button does. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const link = params.token.length > LONGEST_TOKEN ? null : await stopLink(locals.ctx, params.token);
  if (link === null) notFound();
  return { link, done: url.searchParams.get('done') };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    if (params.token.length > LONGEST_TOKEN) notFound();
    const outcome = await stopAlerts(locals.ctx, { token: params.token });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/stop/${params.token}?done=stopped`));
  },
};
