import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { amendmentHistory, AMENDMENTS_PER_PAGE } from '#lib/server/amendment/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import { undoTermChange } from '#lib/server/search/lexicon-commands.ts';
import type { Actions, PageServerLoad } from './$types';

const undoForm = z.object({ id: z.coerce.number().int().positive(), note: text(1000) });

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const page = Number(url.searchParams.get('page') ?? '1');
  const history = await amendmentHistory(ctx, ['term'], Number.isSafeInteger(page) ? page : 1);
  if (history === null) notFound();
  return { ...history, perPage: AMENDMENTS_PER_PAGE, done: url.searchParams.get('done') };
};

export const actions = {
  undo: async (event) => {
    const form = readForm(await event.request.formData(), undoForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await undoTermChange(event.locals.ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, `${href(event.locals.lang, '/ministry/lexicon/history')}?done=undone`);
  },
} satisfies Actions;
