import { fail, redirect } from '@sveltejs/kit';
import {
  basicsForm,
  gapsOf,
  isDraftStep,
  requirementForm,
  termsForm,
} from '#lib/domain/opportunity/draft.ts';
import { told } from '#lib/domain/opportunity/kept.ts';
import { allZones, zonesOfCountry } from '#lib/domain/opportunity/zones.ts';
import { href } from '#lib/i18n/address.ts';
import { submitOpportunity } from '#lib/server/opportunity/commands.ts';
import {
  moveRequirement,
  removeRequirement,
  saveBasics,
  saveRequirement,
  saveTerms,
} from '#lib/server/opportunity/draft-commands.ts';
import { draftChoices } from '#lib/server/opportunity/name-queries.ts';
import { ownOpportunity } from '#lib/server/opportunity/lead-queries.ts';
import { giveawaysOf } from '#lib/server/opportunity/kept-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  if (!isDraftStep(params.step)) notFound();
  const view = await ownOpportunity(ctx, params.id);
  if (view === null) notFound();
  // A notice that was handed in meanwhile is read, not edited.
  if (view.status !== 'draft') redirect(303, href(locals.lang, `/lead/opportunities/${view.id}`));
  const deadline = view.deadline === null ? null : new Date(view.deadline);
  return {
    step: params.step,
    view,
    choices: await draftChoices(ctx),
    zones: { here: [...zonesOfCountry(view.country.id)], all: allZones() },
    gaps: gapsOf(
      {
        hasTitle: view.title.ko !== '' || view.title.en !== '',
        requirements: view.requirements.length,
        deadline,
        opens: view.opens,
      },
      ctx.now(),
      deadline === null ? null : koreanDay(deadline),
    ),
    giveaways: await giveawaysOf(ctx, view.id),
    editing: url.searchParams.get('line'),
    done: url.searchParams.get('done'),
    now: ctx.now().toISOString(),
  };
};

export const actions: Actions = {
  basics: async ({ locals, params, request }) => {
    const data = await request.formData();
    const form = readForm(data, basicsForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await saveBasics(locals.ctx, { id: params.id, form: form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    const base = `/lead/opportunities/${params.id}`;
    redirect(
      303,
      href(locals.lang, data.get('then') === 'later' ? `${base}?done=saved` : `${base}/edit/requirements`),
    );
  },
  line: async ({ locals, params, request }) => {
    const data = await request.formData();
    const line = data.get('line');
    const form = readForm(data, requirementForm);
    const lineId = typeof line === 'string' && line !== '' ? line : null;
    if (!form.ok) return fail(400, { ...form.invalid, line: lineId });
    const outcome = await saveRequirement(locals.ctx, { id: params.id, line: lineId, form: form.data });
    if (!outcome.ok) {
      const answer = refused(outcome, form.values);
      return fail(answer.status, { ...answer.data, line: lineId });
    }
    redirect(303, href(locals.lang, `/lead/opportunities/${params.id}/edit/requirements?done=line#lines`));
  },
  remove: async ({ locals, params, request }) => {
    const data = await request.formData();
    const line = String(data.get('line') ?? '');
    const seen = String(data.get('seen') ?? '');
    const outcome = await removeRequirement(locals.ctx, { id: params.id, line, seen });
    if (!outcome.ok) return refused(outcome, { line, seen });
    redirect(303, href(locals.lang, `/lead/opportunities/${params.id}/edit/requirements#lines`));
  },
  move: async ({ locals, params, request }) => {
    const data = await request.formData();
    const outcome = await moveRequirement(locals.ctx, {
      id: params.id,
      line: String(data.get('line') ?? ''),
      by: data.get('by') === 'up' ? -1 : 1,
    });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/lead/opportunities/${params.id}/edit/requirements#lines`));
  },
  terms: async ({ locals, params, request }) => {
    const data = await request.formData();
    const form = readForm(data, termsForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await saveTerms(locals.ctx, { id: params.id, form: form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    const base = `/lead/opportunities/${params.id}`;
    if (data.get('then') === 'later') redirect(303, href(locals.lang, `${base}?done=saved`));
    // Names in the texts are warned of before a notice is handed in, not after.
    const unseen = told(await giveawaysOf(locals.ctx, params.id)) !== (data.get('told') ?? '');
    if (data.get('then') !== 'submit' || unseen)
      redirect(303, href(locals.lang, `${base}/edit/terms?done=saved#review`));
    const submitted = await submitOpportunity(locals.ctx, { id: params.id });
    if (!submitted.ok) return refused(submitted);
    redirect(303, href(locals.lang, `${base}?done=submitted`));
  },
};
