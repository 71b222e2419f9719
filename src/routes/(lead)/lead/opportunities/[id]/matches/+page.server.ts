import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { invitationForm } from '#lib/domain/opportunity/draft.ts';
import { feedbackForm } from '#lib/domain/opportunity/feedback.ts';
import { href } from '#lib/i18n/address.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { teamsFor } from '#lib/server/engagement/proposal-queries.ts';
import { sayNotRelevant } from '#lib/server/opportunity/feedback-commands.ts';
import { addToShortlist, inviteCompany } from '#lib/server/opportunity/lead-commands.ts';
import { ownNotice } from '#lib/server/opportunity/lead-queries.ts';
import { supplierPage } from '#lib/server/opportunity/supplier-pages.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  const view = await ownNotice(ctx, params.id);
  if (view === null || !isMember(ctx.actor)) notFound();
  const suppliers = await supplierPage(ctx, url.searchParams, view.id, null);
  const { found } = suppliers;
  // Only where nobody passes every must alone; filters and pages of the list change nothing of that.
  const alone = found !== null && found.considered > found.excluded;
  return {
    view,
    ...suppliers,
    teams: alone ? null : await teamsFor(ctx, view),
    mayEdit: ctx.actor.role !== 'viewer',
    done: url.searchParams.get('done'),
  };
};

/** Back to the list the form stood on, when it is one of a lead's own pages; else to this one. */
function back({ locals, params }: RequestEvent, data: FormData, done: string): string {
  const given = data.get('back');
  const fallback = href(locals.lang, `/lead/opportunities/${params.id}/matches`);
  const known = typeof given === 'string' && /^\/(en\/)?lead\/[^\\]*$/.test(given) ? given : fallback;
  const url = new URL(known, 'http://portal.invalid');
  url.searchParams.set('done', done);
  return url.pathname + url.search;
}

/** What an invitation that was not sent needs to be written again: whom it was for, and where the form stood. */
async function unsent({ locals: { ctx } }: RequestEvent, data: FormData) {
  const company = String(data.get('company') ?? '');
  const [card] = await companyCards(ctx, [company]);
  const name = card === undefined || card.masked ? null : card.name;
  return { invitation: { company, name, back: String(data.get('back') ?? '') } };
}

export const actions: Actions = {
  invite: async (event) => {
    const data = await event.request.formData();
    const form = readForm(data, invitationForm);
    if (!form.ok) return fail(400, { ...form.invalid, ...(await unsent(event, data)) });
    const outcome = await inviteCompany(event.locals.ctx, { opportunity: event.params.id, ...form.data });
    if (!outcome.ok) {
      const failure = refused(outcome, form.values);
      return outcome.fields === undefined
        ? failure
        : fail(failure.status, { ...failure.data, ...(await unsent(event, data)) });
    }
    redirect(303, back(event, data, outcome.value.already ? 'invited-already' : 'invited'));
  },
  shortlist: async (event) => {
    const data = await event.request.formData();
    const company = String(data.get('company') ?? '');
    const outcome = await addToShortlist(event.locals.ctx, {
      opportunity: event.params.id,
      companies: [company],
      note: '',
    });
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, data, 'shortlisted'));
  },
  hide: async (event) => {
    const data = await event.request.formData();
    const form = readForm(data, feedbackForm);
    const company = String(data.get('company') ?? '');
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await sayNotRelevant(event.locals.ctx, {
      opportunity: event.params.id,
      company,
      ...form.data,
    });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, back(event, data, 'hidden'));
  },
};
