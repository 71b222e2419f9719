import { fail, redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { refused } from '#lib/server/platform/http/refusals.ts';
import { QUEUE_PAGE, QUEUE_VIEWS, queue, queueCounts, type QueueView } from '#lib/server/vetting/queries.ts';
import { officialCaseForm, openOfficialCase } from '#lib/server/vetting/review-commands.ts';
import type { Actions, PageServerLoad } from './$types';

/** The queue of cases; which part of it, and which page, stand in the address. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = url.searchParams.get('view');
  const view: QueueView = QUEUE_VIEWS.find((known) => known === asked) ?? 'open';
  const page = Math.max(1, Math.trunc(Number(url.searchParams.get('page')) || 1));
  const [found, counts] = await Promise.all([queue(locals.ctx, view, page), queueCounts(locals.ctx)]);
  return { view, page, perPage: QUEUE_PAGE, counts, ...found, now: locals.ctx.now() };
};

export const actions: Actions = {
  open: async ({ locals, request }) => {
    const form = readForm(await request.formData(), officialCaseForm);
    if (!form.ok) return fail(400, { refused: 'invalid', ...form.invalid });
    const { organisation: organisationId, kind } = form.data;
    const outcome = await openOfficialCase(locals.ctx, { organisationId, kind });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(locals.lang, `/ministry/vetting/${outcome.value.id}`));
  },
};
