import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { text } from '#lib/domain/form/fields.ts';
import { href } from '#lib/i18n/address.ts';
import { amendmentById } from '#lib/server/amendment/queries.ts';
import { confirmRelation, returnRelation, withdrawRelation } from '#lib/server/match/relation-commands.ts';
import { previewOfProposal } from '#lib/server/match/relation-preview.ts';
import { taxonomyNames } from '#lib/server/match/taxonomy-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const noteForm = z.object({ note: text(1000) });

/** The number in the address; what is none is not found. */
function idOf(value: string): number {
  if (!/^\d{1,12}$/.test(value)) notFound();
  return Number(value);
}

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const proposal = await amendmentById(ctx, idOf(params.id));
  if (proposal === null || proposal.subject === 'term') notFound();
  const [preview, names] = await Promise.all([
    proposal.decision === null ? previewOfProposal(ctx, proposal) : null,
    taxonomyNames(ctx),
  ]);
  const own = ctx.actor.kind === 'official' && ctx.actor.accountId === proposal.proposedById;
  return { proposal, preview, names, own, done: url.searchParams.get('done') };
};

function back(event: RequestEvent, done: string): never {
  redirect(
    303,
    `${href(event.locals.lang, `/ministry/relations/proposals/${event.params.id}`)}?done=${done}`,
  );
}

export const actions = {
  confirm: async (event) => {
    const outcome = await confirmRelation(event.locals.ctx, idOf(event.params.id));
    if (!outcome.ok) return refused(outcome);
    back(event, 'confirmed');
  },
  return: async (event) => {
    const form = readForm(await event.request.formData(), noteForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await returnRelation(event.locals.ctx, { id: idOf(event.params.id), ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    back(event, 'returned');
  },
  withdraw: async (event) => {
    const outcome = await withdrawRelation(event.locals.ctx, idOf(event.params.id));
    if (!outcome.ok) return refused(outcome);
    back(event, 'withdrawn');
  },
} satisfies Actions;
