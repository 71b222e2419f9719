import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { href } from '#lib/i18n/address.ts';
import { resumeMatchRun, startMatchRun, stopMatchRun } from '#lib/server/match/run-commands.ts';
import { matchRuns } from '#lib/server/match/run-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/ministry/matching/runs';
const runForm = z.object({ id: z.string().refine(isUuid) });

export const load: PageServerLoad = async ({ locals: { ctx }, url, depends }) => {
  depends('app:match-runs');
  const found = await matchRuns(ctx);
  if (found === null) notFound();
  return { ...found, done: url.searchParams.get('done') };
};

export const actions: Actions = {
  start: async ({ locals: { ctx, lang } }) => {
    const outcome = await startMatchRun(ctx, {});
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(lang, `${PAGE}?done=started`));
  },
  stop: async ({ locals: { ctx, lang }, request }) => {
    const form = readForm(await request.formData(), runForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await stopMatchRun(ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, `${PAGE}?done=stopped`));
  },
  resume: async ({ locals: { ctx, lang }, request }) => {
    const form = readForm(await request.formData(), runForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await resumeMatchRun(ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, `${PAGE}?done=resumed`));
  },
};
