import { invitationForLead } from '#lib/server/engagement/invitation-queries.ts';
import { invitationActions } from '#lib/server/platform/http/invitation-actions.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const view = (await invitationForLead(ctx, params.id, params.company)) ?? notFound();
  return { view, done: url.searchParams.get('done') };
};

export const actions: Actions = invitationActions(({ params: { id, company } }: RequestEvent) => ({
  input: { opportunity: id, company, side: 'lead' },
  path: `/lead/opportunities/${id}/invitations/${company}`,
}));
