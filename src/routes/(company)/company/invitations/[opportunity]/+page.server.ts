import { isMember } from '#lib/domain/account/policy.ts';
import { invitationForCompany } from '#lib/server/engagement/invitation-queries.ts';
import { invitationActions } from '#lib/server/platform/http/invitation-actions.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const view = (await invitationForCompany(ctx, params.opportunity)) ?? notFound();
  return { view, now: ctx.now(), done: url.searchParams.get('done') };
};

export const actions: Actions = invitationActions(({ locals: { ctx }, params }: RequestEvent) => {
  if (!isMember(ctx.actor)) notFound();
  const { opportunity } = params;
  return {
    input: { opportunity, company: ctx.actor.organisationId, side: 'company' },
    path: `/company/invitations/${opportunity}`,
  };
});
