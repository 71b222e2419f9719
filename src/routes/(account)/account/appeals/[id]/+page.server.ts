import { redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { href } from '#lib/i18n/address.ts';
import { withdrawAppeal } from '#lib/server/match/appeal-commands.ts';
import { appealFor } from '#lib/server/match/appeal-queries.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  if (!isMember(ctx.actor)) notFound();
  return {
    appeal: (await appealFor(ctx, params.id)) ?? notFound(),
    mayWithdraw: ctx.actor.role !== 'viewer',
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  withdraw: async ({ locals: { ctx, lang }, params }) => {
    const outcome = await withdrawAppeal(ctx, { id: params.id });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(lang, `/account/appeals/${params.id}?done=withdrawn`));
  },
};
