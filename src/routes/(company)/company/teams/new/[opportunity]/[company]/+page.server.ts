import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { askForm } from '#lib/domain/engagement/team-form.ts';
import { href } from '#lib/i18n/address.ts';
import { ownProfile } from '#lib/server/company/queries.ts';
import { partnerFor } from '#lib/server/engagement/proposal-queries.ts';
import { askPartner } from '#lib/server/engagement/team-commands.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const { actor } = ctx;
  const view = await opportunityForViewer(ctx, params.opportunity);
  if (view === null || !isMember(actor)) notFound();
  const found = await partnerFor(ctx, view, params.company);
  const profile = await ownProfile(ctx);
  return {
    view,
    partner: found?.partner ?? null,
    own: found?.partners.own ?? [],
    all: found?.partners.all ?? 0,
    keepsName: profile?.rows.identity.pseudonymous === true,
    contact: { name: actor.name, email: actor.email },
    now: ctx.now().toISOString(),
  };
};

export const actions: Actions = {
  default: async ({ locals: { ctx, lang }, params, request }) => {
    const form = readForm(await request.formData(), askForm);
    if (!form.ok) return fail(400, form.invalid);
    const { message } = form.data;
    const outcome = await askPartner(ctx, { ...params, message });
    if (!outcome.ok) return refused(outcome, form.values);
    const { team, already } = outcome.value;
    redirect(303, href(lang, `/company/teams/${team}?done=${already ? 'asked-already' : 'asked'}`));
  },
};
