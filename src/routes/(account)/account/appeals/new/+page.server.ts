import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { appealForm } from '#lib/domain/match/appeal.ts';
import { href } from '#lib/i18n/address.ts';
import { openAppeal } from '#lib/server/match/appeal-commands.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  if (!isMember(ctx.actor)) notFound();
  const pair = {
    opportunity: url.searchParams.get('opportunity') ?? '',
    // Without a company it is about the reader's own.
    company: url.searchParams.get('company') ?? ctx.actor.organisationId,
  };
  if (!isUuid(pair.opportunity) || !isUuid(pair.company)) notFound();
  return { pair, why: (await explainPair(ctx, pair)) ?? notFound(), now: ctx.now() };
};

export const actions: Actions = {
  default: async ({ locals: { ctx, lang }, request }) => {
    const form = readForm(await request.formData(), appealForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await openAppeal(ctx, form.data);
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, `/account/appeals/${outcome.value.id}?done=opened`));
  },
};
