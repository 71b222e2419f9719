import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import {
  confirmDecision,
  proposalForm,
  proposeDecision,
  returnProposal,
} from '#lib/server/vetting/decision-commands.ts';
import { presentCase } from '#lib/server/vetting/present.ts';
import { caseDetail, casesOf, colleagues, screeningsOf } from '#lib/server/vetting/queries.ts';
import {
  assignCase,
  assignForm,
  findingForm,
  recordFinding,
  requestForm,
  requestInformation,
  withdrawRequest,
} from '#lib/server/vetting/review-commands.ts';
import { decideScreening, screeningForm } from '#lib/server/vetting/screening-commands.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const secondPerson = z.object({ decision: z.uuid({ error: 'bad-choice' }) });
const isId = (value: string) => z.uuid().safeParse(value).success;

export const load: PageServerLoad = async ({ locals, params }) => {
  const { ctx } = locals;
  const found = isId(params.case) ? await caseDetail(ctx, params.case) : null;
  if (!found) notFound();
  const [people, earlier, subject, screenings] = await Promise.all([
    colleagues(ctx),
    casesOf(ctx, found.organisation_id),
    presentCase(ctx, found),
    screeningsOf(ctx, found.organisation_id),
  ]);
  const now = ctx.now();
  const accountId = ctx.actor.kind === 'official' ? ctx.actor.accountId : '';
  const { snapshot: _snapshot, previous_snapshot: _previous, ...vettingCase } = found;
  return { case: vettingCase, people, earlier, subject, screenings, now, today: koreanDay(now), accountId };
};

/** After a step the page is shown again, with what was done and at the place it belongs to. */
function back(event: RequestEvent, done: string, anchor = ''): never {
  redirect(303, `${href(event.locals.lang, `/ministry/vetting/${event.params.case}`)}?done=${done}${anchor}`);
}

export const actions: Actions = {
  assign: async (event) => {
    const form = readForm(await event.request.formData(), assignForm);
    if (!form.ok) return fail(400, { at: 'assign', ...form.invalid });
    const outcome = await assignCase(event.locals.ctx, { caseId: event.params.case, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'assigned');
  },
  finding: async (event) => {
    const form = readForm(await event.request.formData(), findingForm);
    if (!form.ok) return fail(400, { at: 'finding', ...form.invalid });
    const outcome = await recordFinding(event.locals.ctx, { caseId: event.params.case, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'finding-saved', `#item-${form.data.item}`);
  },
  request: async (event) => {
    const form = readForm(await event.request.formData(), requestForm);
    if (!form.ok) return fail(400, { at: 'request', ...form.invalid });
    const outcome = await requestInformation(event.locals.ctx, { caseId: event.params.case, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'requested', `#item-${form.data.item}`);
  },
  withdrawRequest: async (event) => {
    const form = readForm(
      await event.request.formData(),
      z.object({ request: z.uuid({ error: 'bad-choice' }) }),
    );
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await withdrawRequest(event.locals.ctx, form.data.request);
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'request-withdrawn');
  },
  screen: async (event) => {
    const form = readForm(await event.request.formData(), screeningForm);
    if (!form.ok) return fail(400, { at: 'screen', ...form.invalid });
    const outcome = await decideScreening(event.locals.ctx, { caseId: event.params.case, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, `screening-${form.data.outcome}`, '#screening');
  },
  propose: async (event) => {
    const form = readForm(await event.request.formData(), proposalForm);
    if (!form.ok) return fail(400, { at: 'propose', ...form.invalid });
    const outcome = await proposeDecision(event.locals.ctx, { caseId: event.params.case, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'proposed', '#decide');
  },
  return: async (event) => {
    const form = readForm(await event.request.formData(), secondPerson.extend({ note: text(2000) }));
    if (!form.ok) return fail(400, { at: 'return', ...form.invalid });
    const { decision: decisionId, note } = form.data;
    const input = { caseId: event.params.case, decisionId, note };
    const outcome = await returnProposal(event.locals.ctx, input);
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'returned', '#decide');
  },
  confirm: async (event) => {
    const form = readForm(await event.request.formData(), secondPerson);
    if (!form.ok) return fail(400, form.invalid);
    const input = { caseId: event.params.case, decisionId: form.data.decision };
    const outcome = await confirmDecision(event.locals.ctx, input);
    if (!outcome.ok) return refused(outcome);
    back(event, 'confirmed', '#decide');
  },
};
