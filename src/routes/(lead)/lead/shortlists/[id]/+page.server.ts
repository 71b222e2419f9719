import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { noteForm } from '#lib/domain/opportunity/draft.ts';
import { href } from '#lib/i18n/address.ts';
import { noteOnShortlist, removeFromShortlist } from '#lib/server/opportunity/lead-commands.ts';
import { shortlistForLead } from '#lib/server/opportunity/shortlist-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { ctx } = locals;
  const found = await shortlistForLead(ctx, params.id);
  if (found === null || !isMember(ctx.actor)) notFound();
  return { ...found, mayEdit: ctx.actor.role !== 'viewer', done: url.searchParams.get('done') };
};

export const actions: Actions = {
  note: async ({ locals, params, request }) => {
    const form = readForm(await request.formData(), noteForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await noteOnShortlist(locals.ctx, { id: params.id, ...form.data });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(locals.lang, `/lead/shortlists/${params.id}?done=noted`));
  },
  remove: async ({ locals, params, request }) => {
    const company = String((await request.formData()).get('company') ?? '');
    const outcome = await removeFromShortlist(locals.ctx, { id: params.id, company });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, `/lead/shortlists/${params.id}?done=removed`));
  },
};
