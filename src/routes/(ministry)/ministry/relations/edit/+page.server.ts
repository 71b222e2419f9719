import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { choice, list, optionalNumber, optionalText, text, ticked } from '#lib/domain/form/fields.ts';
import { capabilityKeyOf, mineralKeyOf } from '#lib/domain/amendment/rows.ts';
import { href } from '#lib/i18n/address.ts';
import {
  proposeRelation,
  readRelationChange,
  type RelationChange,
} from '#lib/server/match/relation-commands.ts';
import { relationToEdit } from '#lib/server/match/relation-pages.ts';
import { previewRelation } from '#lib/server/match/relation-preview.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const shared = {
  what: choice(['put', 'withdraw']),
  degree: optionalNumber().transform((value) => value ?? 0),
  reason_ko: text(500),
  reason_en: text(500),
  source: text(300),
  note: text(1000),
};
const capabilityForm = z.object({ ...shared, from: text(80), to: text(80), symmetric: ticked() });
const mineralForm = z.object({
  ...shared,
  id: optionalText(60),
  kind: choice(['group', 'family', 'whole']),
  first: optionalText(60),
  minerals: list(z.string()),
});

/** The relation that the address names, or where one is to be added. */
function placeOf(url: URL) {
  const given = (name: string) => (url.searchParams.get(name) ?? '').slice(0, 200);
  const kind = given('kind') === 'mineral' ? ('mineral' as const) : ('capability' as const);
  return { kind, from: given('from'), to: given('to'), id: given('id') };
}

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const at = placeOf(url);
  const found = await relationToEdit(ctx, at);
  if (found === null) notFound();
  return { ...found, at };
};

/** Those that stood there before in their old order, new ones behind them. */
function inOrderOf(before: readonly string[], ids: readonly string[]): string[] {
  const place = (id: string) => (before.includes(id) ? before.indexOf(id) : before.length);
  return ids.toSorted((a, b) => place(a) - place(b));
}

async function readChange(event: RequestEvent) {
  const at = placeOf(event.url);
  const edited = (await relationToEdit(event.locals.ctx, at))?.row ?? null;
  const formData = await event.request.formData();
  if (at.kind === 'capability') {
    const form = readForm(formData, capabilityForm);
    if (!form.ok) return { refusal: fail(400, form.invalid) };
    const { what, from, to, degree, symmetric, reason_ko, reason_en, source, note } = form.data;
    const after = { from, to, degree, symmetric, reasonKo: reason_ko, reasonEn: reason_en };
    const change: RelationChange = {
      subject: 'capability',
      key: edited?.subject === 'capability' ? capabilityKeyOf(edited) : null,
      after: what === 'withdraw' && edited !== null ? null : after,
      ...{ source, note },
    };
    return { change, values: form.values };
  }
  const form = readForm(formData, mineralForm);
  if (!form.ok) return { refusal: fail(400, form.invalid) };
  const { what, id, kind, first, minerals, degree, reason_ko, reason_en, source, note } = form.data;
  if (kind === 'whole' && first === '')
    return { refusal: fail(400, { errors: { first: 'required' }, values: form.values }) };
  // The first of a whole is the group that is named; the others are its members.
  const head = kind === 'whole' ? [first] : [];
  const old = edited?.subject === 'mineral' ? edited.minerals : [];
  const rest = minerals.filter((one) => !head.includes(one));
  const members = [...head, ...inOrderOf(old, rest)];
  const after = { id, kind, minerals: members, degree, reasonKo: reason_ko, reasonEn: reason_en };
  const change: RelationChange = {
    subject: 'mineral',
    key: edited?.subject === 'mineral' ? mineralKeyOf(edited) : null,
    after: what === 'withdraw' && edited !== null ? null : after,
    ...{ source, note },
  };
  return { change, values: form.values };
}

export const actions = {
  preview: async (event) => {
    const read = await readChange(event);
    if ('refusal' in read) return read.refusal;
    const { ctx } = event.locals;
    const rows = await readRelationChange(ctx.db, read.change);
    if (rows === null) return fail(409, { refused: 'changed-meanwhile', errors: {}, values: read.values });
    if ('fields' in rows) return fail(400, { errors: rows.fields, values: read.values });
    const preview = await previewRelation(ctx, rows.rows);
    if (preview === null) notFound();
    return { preview, values: read.values };
  },
  propose: async (event) => {
    const read = await readChange(event);
    if ('refusal' in read) return read.refusal;
    const outcome = await proposeRelation(event.locals.ctx, read.change);
    if (!outcome.ok) return refused(outcome, read.values);
    const kind = read.change.subject;
    redirect(
      303,
      `${href(event.locals.lang, '/ministry/relations')}?kind=${kind}&done=proposed&change=${outcome.value.id}`,
    );
  },
} satisfies Actions;
