import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { addendumForm } from '#lib/domain/opportunity/draft.ts';
import { actionsOf } from '#lib/domain/opportunity/status.ts';
import { allZones, zonesOfCountry } from '#lib/domain/opportunity/zones.ts';
import { href } from '#lib/i18n/address.ts';
import { declineReasons, inboxCounts } from '#lib/server/engagement/queries.ts';
import {
  addAddendum,
  closeOpportunity,
  submitOpportunity,
  takeBackOpportunity,
  withdrawOpportunity,
} from '#lib/server/opportunity/commands.ts';
import { invitationsOf, ownOpportunity } from '#lib/server/opportunity/lead-queries.ts';
import { nameBook } from '#lib/server/opportunity/name-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  const view = await ownOpportunity(ctx, params.id);
  if (view === null || !isMember(ctx.actor)) notFound();
  const [counts, invitations, reasons, book] = await Promise.all([
    inboxCounts(ctx),
    invitationsOf(ctx, view.id),
    declineReasons(ctx, view.id),
    nameBook(ctx),
  ]);
  const { standing } = ctx.actor;
  return {
    view,
    count: counts.find((one) => one.opportunityId === view.id) ?? null,
    invitations,
    reasons,
    actions: ctx.actor.role === 'viewer' ? [] : actionsOf(view.status, 'lead'),
    publisherVetted: standing === 'vetted',
    zones: {
      here: [...zonesOfCountry(view.country.id)],
      all: allZones(),
      countries: [...book.countries.values()],
    },
    now: ctx.now().toISOString(),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  submit: async ({ locals, params }) => {
    const outcome = await submitOpportunity(locals.ctx, { id: params.id });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/lead/opportunities/${params.id}?done=submitted`));
  },
  'take-back': async ({ locals, params }) => {
    const outcome = await takeBackOpportunity(locals.ctx, { id: params.id });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/lead/opportunities/${params.id}?done=taken-back`));
  },
  close: async ({ locals, params }) => {
    const outcome = await closeOpportunity(locals.ctx, { id: params.id });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/lead/opportunities/${params.id}?done=closed`));
  },
  withdraw: async ({ locals, params, request }) => {
    const draft = (await request.formData()).get('draft') === 'yes';
    const outcome = await withdrawOpportunity(locals.ctx, { id: params.id });
    if (!outcome.ok) return refused(outcome);
    const path = draft
      ? '/lead/opportunities?done=dropped'
      : `/lead/opportunities/${params.id}?done=withdrawn`;
    redirect(303, href(locals.lang, path));
  },
  amend: async ({ locals, params, request }) => {
    const form = readForm(await request.formData(), addendumForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await addAddendum(locals.ctx, {
      id: params.id,
      textKo: form.data.text_ko,
      textEn: form.data.text_en,
      deadline: form.data.deadline,
      zone: form.data.deadline_zone,
    });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(locals.lang, `/lead/opportunities/${params.id}?done=amended`));
  },
};
