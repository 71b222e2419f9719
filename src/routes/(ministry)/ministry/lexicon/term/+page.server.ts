import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { choice, optionalText, text } from '#lib/domain/form/fields.ts';
import { TERM_FORMS, TERM_LANGS } from '#lib/domain/search/lexicon-check.ts';
import { entryKeyOf } from '#lib/domain/search/lexicon-entries.ts';
import { href } from '#lib/i18n/address.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import { changeTerm, type TermChange } from '#lib/server/search/lexicon-commands.ts';
import { conceptMeant, termToEdit } from '#lib/server/search/lexicon-pages.ts';
import { previewTerm } from '#lib/server/search/lexicon-preview.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const MOST_QUERIES = 20;

const termForm = z.object({
  what: choice(['put', 'withdraw']),
  concept: text(80),
  lang: choice(TERM_LANGS),
  term: text(120),
  form: choice(TERM_FORMS),
  source: text(300),
  note: text(1000),
  queries: optionalText(2000),
});

/** The entry that the address names, or where one is to be added. */
function placeOf(url: URL) {
  const given = (name: string) => (url.searchParams.get(name) ?? '').normalize('NFC').slice(0, 200);
  return { concept: given('concept'), lang: given('language'), term: given('term') };
}

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const at = placeOf(url);
  const found = await termToEdit(ctx, at);
  if (found === null) notFound();
  return { ...found, at };
};

async function readChange(event: RequestEvent) {
  const form = readForm(await event.request.formData(), termForm);
  if (!form.ok) return { refusal: fail(400, form.invalid) };
  const { ctx } = event.locals;
  const { what, concept, lang, term, form: kind, source, note, queries } = form.data;
  const edited = (await termToEdit(ctx, placeOf(event.url)))?.entry ?? null;
  const after = { concept: conceptMeant(await lexiconOf(ctx.db), concept), lang, term, form: kind };
  const change: TermChange = {
    key: edited === null ? null : entryKeyOf(edited),
    after: what === 'withdraw' && edited !== null ? null : after,
    ...{ source, note },
  };
  const typed = [...new Set(queries.split('\n').map((line) => line.trim().slice(0, 200)))];
  return { change, values: form.values, typed: typed.filter((line) => line !== '').slice(0, MOST_QUERIES) };
}

export const actions = {
  preview: async (event) => {
    const read = await readChange(event);
    if ('refusal' in read) return read.refusal;
    const preview = await previewTerm(event.locals.ctx, read.change, read.typed);
    if (preview === null) return fail(409, { refused: 'changed-meanwhile', errors: {}, values: read.values });
    if ('fields' in preview) return fail(400, { errors: preview.fields, values: read.values });
    return { preview, values: read.values };
  },
  save: async (event) => {
    const read = await readChange(event);
    if ('refusal' in read) return read.refusal;
    const outcome = await changeTerm(event.locals.ctx, read.change);
    if (!outcome.ok) return refused(outcome, read.values);
    const q = encodeURIComponent(read.change.after?.term ?? read.change.key?.split('\n').at(-1) ?? '');
    redirect(
      303,
      `${href(event.locals.lang, '/ministry/lexicon')}?q=${q}&done=saved&change=${outcome.value.id}`,
    );
  },
} satisfies Actions;
