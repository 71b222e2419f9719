import { fail, redirect } from '@sveltejs/kit';
import type { OpportunityView } from '#lib/domain/opportunity/view.ts';
import {
  changedTries,
  savedTries,
  triesOf,
  whatIfForm,
  type LineTry,
} from '#lib/domain/opportunity/what-if.ts';
import { href } from '#lib/i18n/address.ts';
import { whatIf } from '#lib/server/match/what-if-queries.ts';
import { applyTries } from '#lib/server/opportunity/draft-commands.ts';
import { ownOpportunity } from '#lib/server/opportunity/lead-queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

/** The tries stand in the address, so that a colleague can be shown them; nothing is stored by looking. */
function read(view: OpportunityView, given: FormData) {
  return readForm(given, whatIfForm(view.requirements));
}

function formOf(parameters: URLSearchParams): FormData {
  const form = new FormData();
  for (const [name, value] of parameters) form.append(name, value);
  return form;
}

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const view = await ownOpportunity(ctx, params.id);
  if (view === null) notFound();
  const trying = [...url.searchParams.keys()].some((name) => /^(level|amount)_/.test(name));
  const form = trying ? read(view, formOf(url.searchParams)) : null;
  const tries = form?.ok ? triesOf(view.requirements, form.data) : savedTries(view.requirements);
  const names = new Map(view.requirements.map((line) => [line.id, line.externalId]));
  return {
    view,
    tries,
    changed: changedTries(view.requirements, tries).length,
    errors: form?.ok === false ? form.invalid.errors : {},
    typed: form?.ok === false ? form.invalid.values : {},
    counts: await whatIf(
      ctx,
      view.id,
      tries.map(({ line, must, amount }) => ({ requirement: names.get(line) ?? '', must, amount })),
    ),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  apply: async ({ locals, params, request }) => {
    const { ctx, lang } = locals;
    const view = await ownOpportunity(ctx, params.id);
    if (view === null) notFound();
    const data = await request.formData();
    const form = read(view, data);
    if (!form.ok) return fail(400, form.invalid);
    const tries: LineTry[] = changedTries(view.requirements, triesOf(view.requirements, form.data));
    const outcome = await applyTries(ctx, { id: params.id, seen: String(data.get('seen') ?? ''), tries });
    if (!outcome.ok) return refused(outcome, form.values);
    redirect(303, href(lang, `/lead/opportunities/${params.id}/what-if?done=saved`));
  },
};
