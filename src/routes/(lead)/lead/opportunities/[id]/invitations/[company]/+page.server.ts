import { redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import {
  agreeOnInvitation,
  askOnInvitation,
  takeBackOnInvitation,
  type InvitationInput,
} from '#lib/server/engagement/invitation-commands.ts';
import { invitationForLead } from '#lib/server/engagement/invitation-queries.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const view = (await invitationForLead(ctx, params.id, params.company)) ?? notFound();
  return { view, done: url.searchParams.get('done') };
};

const own = ({ params }: RequestEvent): InvitationInput => ({
  opportunity: params.id,
  company: params.company,
  side: 'lead',
});

const back = ({ locals, params }: RequestEvent, done: string) =>
  href(locals.lang, `/lead/opportunities/${params.id}/invitations/${params.company}?done=${done}`);

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
