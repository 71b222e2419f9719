import { fail, redirect } from '@sveltejs/kit';
import { answerForm, declineForm } from '#lib/domain/engagement/form.ts';
import { isWaiting } from '#lib/domain/engagement/status.ts';
import { href } from '#lib/i18n/address.ts';
import {
  acceptInterest,
  declineInterest,
  openInterest,
  shortlistInterest,
} from '#lib/server/engagement/commands.ts';
import { agreeToReveal, takeRevealBack } from '#lib/server/engagement/reveal-commands.ts';
import { inboxOf, interestForLead } from '#lib/server/engagement/queries.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  const before = await interestForLead(ctx, params.id, params.interest);
  if (before === null) notFound();
  // Looking at it is what "read" means; the company is told once.
  if (before.status === 'sent' && !before.suspended) await openInterest(ctx, { id: before.id });
  const view = before.status === 'sent' ? await interestForLead(ctx, params.id, params.interest) : before;
  if (view === null) notFound();
  const [lines, why] = await Promise.all([
    inboxOf(ctx, params.id),
    explainPair(ctx, { opportunity: params.id, company: view.company.id }),
  ]);
  const ids = (lines ?? []).map((line) => line.id);
  const at = ids.indexOf(view.id);
  return {
    view,
    why,
    place: {
      at: at + 1,
      of: ids.length,
      previous: at > 0 ? (ids[at - 1] ?? null) : null,
      next: at >= 0 ? (ids[at + 1] ?? null) : (ids[0] ?? null),
      waiting: (lines ?? []).filter((line) => isWaiting(line.status)).length,
    },
    now: ctx.now().toISOString(),
    done: url.searchParams.get('done'),
  };
};

const back = ({ locals, params }: RequestEvent, done: string) =>
  href(locals.lang, `/lead/opportunities/${params.id}/interests/${params.interest}?done=${done}`);

export const actions: Actions = {
  shortlist: async (event) => {
    const form = readForm(await event.request.formData(), answerForm);
    if (!form.ok) return fail(400, { refused: 'stale', ...form.invalid });
    const outcome = await shortlistInterest(event.locals.ctx, { id: event.params.interest, ...form.data });
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, 'shortlisted'));
  },
  accept: async (event) => {
    const form = readForm(await event.request.formData(), answerForm);
    if (!form.ok) return fail(400, { refused: 'stale', ...form.invalid });
    const outcome = await acceptInterest(event.locals.ctx, { id: event.params.interest, ...form.data });
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, 'accepted'));
  },
  decline: async (event) => {
    const form = readForm(await event.request.formData(), declineForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await declineInterest(event.locals.ctx, { id: event.params.interest, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, back(event, 'declined'));
  },
  agree: async (event) => {
    const outcome = await agreeToReveal(event.locals.ctx, { id: event.params.interest, side: 'lead' });
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, outcome.value.shown ? 'shown' : 'agreed'));
  },
  takeBack: async (event) => {
    const outcome = await takeRevealBack(event.locals.ctx, { id: event.params.interest, side: 'lead' });
    if (!outcome.ok) return refused(outcome);
    redirect(303, back(event, 'taken-back'));
  },
};
