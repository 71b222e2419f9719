import { redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { stopMatchAlerts } from '#lib/server/match/alert-commands.ts';
import { matchStopLink } from '#lib/server/match/alert-queries.ts';
import { stopAlerts } from '#lib/server/search/saved-commands.ts';
import { stopLink } from '#lib/server/search/saved-queries.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** Longer ones are none of ours. */
const LONGEST_TOKEN = 100;

/** Opening the link changes nothing, because mail filters open links as well; the button does. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  if (params.token.length > LONGEST_TOKEN) notFound();
  const search = await stopLink(ctx, params.token);
  const match = search === null ? await matchStopLink(ctx, params.token) : null;
  if (search === null && match === null) notFound();
  return { link: search, match, done: url.searchParams.get('done') };
};

export const actions: Actions = {
  default: async ({ locals, params }) => {
    if (params.token.length > LONGEST_TOKEN) notFound();
    const { token } = params;
    const search = await stopAlerts(locals.ctx, { token });
    const outcome =
      !search.ok && search.code === 'not-found' ? await stopMatchAlerts(locals.ctx, { token }) : search;
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/stop/${token}?done=stopped`));
  },
};
