import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { appealForm } from '#lib/domain/match/appeal.ts';
import { href } from '#lib/i18n/address.ts';
import { openAppeal } from '#lib/server/match/appeal-commands.ts';
import { questionable } from '#lib/server/match/appeal-queries.ts';
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
  const why = (await questionable(ctx, pair)) ?? notFound();
  const own = pair.company === ctx.actor.organisationId;
  return { pair, own, why: why[ctx.lang], now: ctx.now() };
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
