import { fail, redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import { joinForm, memberForm, messageForm, reasonForm } from '#lib/domain/engagement/team-form.ts';
import { href } from '#lib/i18n/address.ts';
import { evidenceOf } from '#lib/server/engagement/evidence-queries.ts';
import { partnersFor } from '#lib/server/engagement/proposal-queries.ts';
import {
  cancelInvitation,
  disbandTeam,
  handOverTeam,
  leaveTeam,
  removeMember,
} from '#lib/server/engagement/team-change-commands.ts';
import { acceptTeam, declineTeam, writeToTeam } from '#lib/server/engagement/team-commands.ts';
import { teamForCompany } from '#lib/server/engagement/team-queries.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { readForm, type FormValues } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Outcome } from '#lib/server/platform/result.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const view = await teamForCompany(ctx, params.id);
  if (view === null || !isMember(ctx.actor)) notFound();
  const asks = view.actions.includes('ask') && view.open > 0;
  const notice = asks ? await opportunityForViewer(ctx, view.opportunity.id) : null;
  return {
    view,
    evidence: view.actions.includes('accept') ? await evidenceOf(ctx, ctx.actor.organisationId) : [],
    partners: notice === null ? null : await partnersFor(ctx, notice),
    contact: { name: ctx.actor.name, email: ctx.actor.email },
    now: ctx.now().toISOString(),
    done: url.searchParams.get('done'),
  };
};

/** The form that words were typed into, and what they were: they come back with what is wrong. */
interface Typed {
  about: 'decline' | 'write' | 'leave' | 'disband' | `remove:${string}`;
  values: FormValues;
}

/** Back to the team, or to the list for whoever has no part in it any more. */
function after(
  event: RequestEvent,
  outcome: Outcome<unknown>,
  done: string,
  { stays = true, typed }: { stays?: boolean; typed?: Typed } = {},
) {
  if (!outcome.ok) {
    const failure = refused(outcome, typed?.values);
    return typed === undefined ? failure : fail(failure.status, { ...failure.data, about: typed.about });
  }
  const page = stays ? `/company/teams/${event.params.id}` : '/company/teams';
  redirect(303, href(event.locals.lang, `${page}?done=${done}`));
}

export const actions: Actions = {
  accept: async (event) => {
    const form = readForm(await event.request.formData(), joinForm);
    if (!form.ok) return fail(400, { ...form.invalid, about: 'accept' as const });
    const { evidence } = form.data;
    return after(event, await acceptTeam(event.locals.ctx, { team: event.params.id, evidence }), 'joined');
  },
  decline: async (event) => {
    const form = readForm(await event.request.formData(), reasonForm);
    if (!form.ok) return fail(400, { ...form.invalid, about: 'decline' as const });
    const outcome = await declineTeam(event.locals.ctx, { team: event.params.id, ...form.data });
    return after(event, outcome, 'declined', {
      stays: false,
      typed: { about: 'decline', values: form.values },
    });
  },
  write: async (event) => {
    const form = readForm(await event.request.formData(), messageForm);
    if (!form.ok) return fail(400, { ...form.invalid, about: 'write' as const });
    const outcome = await writeToTeam(event.locals.ctx, { team: event.params.id, ...form.data });
    return after(event, outcome, 'written', { typed: { about: 'write', values: form.values } });
  },
  cancel: async (event) => {
    const form = readForm(await event.request.formData(), memberForm);
    if (!form.ok) return fail(400, form.invalid);
    const { company } = form.data;
    return after(
      event,
      await cancelInvitation(event.locals.ctx, { team: event.params.id, company }),
      'cancelled',
    );
  },
  remove: async (event) => {
    const form = readForm(await event.request.formData(), memberForm);
    if (!form.ok)
      return fail(400, {
        ...form.invalid,
        about: `remove:${String(form.invalid.values['company'])}` as const,
      });
    const outcome = await removeMember(event.locals.ctx, { team: event.params.id, ...form.data });
    const about = `remove:${form.data.company}` as const;
    return after(event, outcome, 'removed', { typed: { about, values: form.values } });
  },
  handOver: async (event) => {
    const form = readForm(await event.request.formData(), memberForm);
    if (!form.ok) return fail(400, form.invalid);
    const { company } = form.data;
    return after(
      event,
      await handOverTeam(event.locals.ctx, { team: event.params.id, company }),
      'handed-over',
    );
  },
  leave: async (event) => {
    const form = readForm(await event.request.formData(), reasonForm);
    if (!form.ok) return fail(400, { ...form.invalid, about: 'leave' as const });
    const outcome = await leaveTeam(event.locals.ctx, { team: event.params.id, ...form.data });
    return after(event, outcome, 'left', {
      stays: false,
      typed: { about: 'leave', values: form.values },
    });
  },
  disband: async (event) => {
    const form = readForm(await event.request.formData(), reasonForm);
    if (!form.ok) return fail(400, { ...form.invalid, about: 'disband' as const });
    const outcome = await disbandTeam(event.locals.ctx, { team: event.params.id, ...form.data });
    return after(event, outcome, 'disbanded', { typed: { about: 'disband', values: form.values } });
  },
};
