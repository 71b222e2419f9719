import { fail, redirect } from '@sveltejs/kit';
import { capabilityForm } from '#lib/domain/company/profile.ts';
import { href } from '#lib/i18n/address.ts';
import { sightOf } from '#lib/server/company/audience.ts';
import { reference } from '#lib/server/company/choices.ts';
import { putCapabilityEntry, removeEntry } from '#lib/server/company/entry-commands.ts';
import { isUntouched, nextAct, postEntry } from '#lib/server/company/entry-forms.ts';
import { capabilityLine } from '#lib/server/company/lines.ts';
import {
  capabilityValues,
  changedEntry,
  chosenRow,
  newEntry,
  yearOf,
} from '#lib/server/company/profile-pages.ts';
import { ownProfile } from '#lib/server/company/queries.ts';
import { filesLeft, ownFiles } from '#lib/server/document/queries.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = '/company/profile/capabilities';
/** What a person types into a new entry; the rest is preset. */
const TYPED = ['capability', 'minerals', 'amount', 'unit', 'year', 'note_ko', 'note_en', 'file'];

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const [profile, book, files, left] = await Promise.all([
    ownProfile(ctx),
    reference(ctx),
    ownFiles(ctx),
    filesLeft(ctx),
  ]);
  if (profile === null) notFound();
  const row = chosenRow(profile.rows.capabilities, url.searchParams.get('change'));
  return {
    entry: row === null ? newEntry() : changedEntry(row, capabilityValues(row)),
    // A form that comes back for an entry that was changed meanwhile learns what the entry looks like now.
    seenBy: Object.fromEntries(
      profile.rows.capabilities.map((one) => [one.id, one.updated_at.toISOString()]),
    ),
    lines: profile.rows.capabilities.map((one) => capabilityLine(one, book, sightOf('own'))),
    stages: [...book.stages.values()].map((stage) => ({
      ...stage,
      leaves: [...book.capabilities.values()].filter((leaf) => leaf.stage === stage.id),
    })),
    minerals: [...book.minerals.values()],
    files: files.map(({ id, name }) => ({ id, name })),
    filesLeft: left,
    savedAt: profile.savedSteps.capabilities ?? null,
  };
};

export const actions: Actions = {
  save: async ({ locals: { ctx, lang }, request }) => {
    const formData = await request.formData();
    const act = nextAct(formData);
    const next = { continue: '/company/profile/evidence', add: PAGE, exit: '/company' }[act];
    if (act !== 'add' && isUntouched(formData, TYPED)) {
      redirect(303, href(lang, next));
    }
    const { outcome, values } = await postEntry(ctx, formData, capabilityForm(yearOf(ctx)), (input) =>
      putCapabilityEntry(ctx, input),
    );
    if (!outcome.ok) return refused(outcome, values);
    redirect(303, href(lang, `${next}?done=capability`));
  },
  remove: async ({ locals: { ctx, lang }, request }) => {
    const id = (await request.formData()).get('id');
    if (typeof id !== 'string') return fail(400, { refused: 'gone', errors: {}, values: {} });
    const outcome = await removeEntry(ctx, { kind: 'capability', id });
    if (!outcome.ok) return refused({ ok: false, code: outcome.code });
    redirect(303, href(lang, `${PAGE}?done=removed`));
  },
};
