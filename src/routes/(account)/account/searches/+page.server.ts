import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { choice, text } from '#lib/domain/form/fields.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { addressOfSearch, FREQUENCIES, LONGEST_NAME, searchOfPath } from '#lib/domain/search/saved.ts';
import { href } from '#lib/i18n/address.ts';
import { removeRecent, setKeepRecent } from '#lib/server/search/asked-commands.ts';
import { recentSearches } from '#lib/server/search/asked-queries.ts';
import {
  openSearch,
  pauseSearch,
  removeSearch,
  renameSearch,
  restoreSearch,
  saveSearch,
  setFrequency,
} from '#lib/server/search/saved-commands.ts';
import { namesInSearches } from '#lib/server/search/saved-pages.ts';
import { removedSearch, savedSearches } from '#lib/server/search/saved-queries.ts';
import { readForm, type FormValues } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Outcome } from '#lib/server/platform/result.ts';
import type { Actions, PageServerLoad } from './$types';

const frequency = choice(FREQUENCIES);
const name = text(LONGEST_NAME);
const saveSchema = z.object({ search: text(4000), name, frequency });
const nameSchema = z.object({ id: text(40), name });
const frequencySchema = z.object({ id: text(40), frequency });

export const load: PageServerLoad = async ({ locals: { ctx, session }, url }) => {
  const saved = await savedSearches(ctx);
  const recent = await recentSearches(ctx);
  const wanted = searchOfPath(url.searchParams.get('save') ?? '');
  const gone = url.searchParams.get('gone') ?? '';
  const all = [...saved, ...recent.searches, ...(wanted ? [wanted] : [])];
  const hats = new Map(session?.hats.map((hat) => [hat.key, { ko: hat.nameKo, en: hat.nameEn }]));
  return {
    saved: saved.map(({ organisationId, official, ...line }) => ({
      ...line,
      /** For whom it is answered, when the person has several hats. */
      hat: hats.size > 1 ? (hats.get(official ? 'office' : (organisationId ?? '')) ?? null) : null,
    })),
    recent,
    wanted,
    names: await namesInSearches(ctx, all),
    removed: isUuid(gone) ? await removedSearch(ctx, gone) : null,
    done: url.searchParams.get('done'),
  };
};

/** What the page shows beside the form that was refused. */
function failed(values: FormValues, what: { refused?: string; errors?: Record<string, string> }) {
  return fail(what.errors ? 400 : 409, { refused: what.refused ?? '', errors: what.errors ?? {}, values });
}

function back(event: RequestEvent, done: string, more = ''): never {
  redirect(303, href(event.locals.lang, `/account/searches?done=${done}${more}`));
}

/** A button that carries only the id of a search. */
function onOne(act: (event: RequestEvent, id: string) => Promise<Outcome<unknown>>, done: string) {
  return async (event: RequestEvent) => {
    const id = String((await event.request.formData()).get('id'));
    if (!isUuid(id)) notFound();
    const outcome = await act(event, id);
    if (!outcome.ok) return refused(outcome);
    back(event, done, done === 'removed' ? `&gone=${id}` : '');
  };
}

export const actions: Actions = {
  save: async (event) => {
    const form = readForm(await event.request.formData(), saveSchema);
    if (!form.ok) return failed(form.invalid.values, { errors: form.invalid.errors });
    const asked = searchOfPath(form.data.search);
    if (asked === null) notFound();
    const outcome = await saveSearch(event.locals.ctx, {
      ...asked,
      ...{ name: form.data.name, frequency: form.data.frequency },
    });
    if (!outcome.ok) return failed(form.values, { refused: outcome.code });
    back(event, outcome.value.made ? 'saved' : 'there');
  },
  rename: async (event) => {
    const form = readForm(await event.request.formData(), nameSchema);
    if (!form.ok) return failed(form.invalid.values, { errors: form.invalid.errors });
    if (!isUuid(form.data.id)) notFound();
    const outcome = await renameSearch(event.locals.ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'renamed');
  },
  frequency: async (event) => {
    const form = readForm(await event.request.formData(), frequencySchema);
    if (!form.ok || !isUuid(form.data.id)) notFound();
    const outcome = await setFrequency(event.locals.ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'frequency');
  },
  open: async (event) => {
    const id = String((await event.request.formData()).get('id'));
    const outcome = isUuid(id) ? await openSearch(event.locals.ctx, { id }) : null;
    if (!outcome?.ok) notFound();
    redirect(303, href(event.locals.lang, addressOfSearch(outcome.value)));
  },
  pause: onOne((event, id) => pauseSearch(event.locals.ctx, { id, paused: true }), 'paused'),
  resume: onOne((event, id) => pauseSearch(event.locals.ctx, { id, paused: false }), 'resumed'),
  remove: onOne((event, id) => removeSearch(event.locals.ctx, { id }), 'removed'),
  restore: async (event) => {
    const id = String((await event.request.formData()).get('id'));
    if (!isUuid(id)) notFound();
    const outcome = await restoreSearch(event.locals.ctx, { id });
    if (!outcome.ok && outcome.code !== 'too-many') return refused(outcome);
    if (!outcome.ok) return failed({}, { refused: outcome.code });
    back(event, 'restored');
  },
  forget: onOne((event, id) => removeRecent(event.locals.ctx, { id }), 'forgotten'),
  forgetAll: async (event) => {
    const outcome = await removeRecent(event.locals.ctx, { id: 'all' });
    if (!outcome.ok) return refused(outcome);
    back(event, 'forgotten');
  },
  keep: async (event) => {
    const keep = (await event.request.formData()).get('keep') === 'yes';
    const outcome = await setKeepRecent(event.locals.ctx, { keep });
    if (!outcome.ok) return refused(outcome);
    back(event, keep ? 'kept' : 'not-kept');
  },
};
