import { redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { href } from '#lib/i18n/address.ts';
import {
  agreeOnInvitation,
  askOnInvitation,
  takeBackOnInvitation,
  type InvitationInput,
} from '#lib/server/engagement/invitation-commands.ts';
import { invitationForCompany } from '#lib/server/engagement/invitation-queries.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const view = (await invitationForCompany(ctx, params.opportunity)) ?? notFound();
  return { view, now: ctx.now(), done: url.searchParams.get('done') };
};

function own({ locals: { ctx }, params }: RequestEvent): InvitationInput {
  if (!isMember(ctx.actor)) notFound();
  return { opportunity: params.opportunity, company: ctx.actor.organisationId, side: 'company' };
}

const back = ({ locals, params }: RequestEvent, done: string) =>
  href(locals.lang, `/company/invitations/${params.opportunity}?done=${done}`);

export const actions: Actions = {
  agree: async (event) => {
    const outcome = await agreeOnInvitation(event.locals.ctx, own(event));
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, outcome.value.shown ? 'shown' : 'agreed'));
  },
  takeBack: async (event) => {
    const outcome = await takeBackOnInvitation(event.locals.ctx, own(event));
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, 'taken-back'));
  },
  ask: async (event) => {
    const outcome = await askOnInvitation(event.locals.ctx, own(event));
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, 'asked'));
  },
};
