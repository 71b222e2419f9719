import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { AGENCIES, MEMBER_ROLES } from '#lib/domain/account/account.ts';
import { choice, email, text } from '#lib/domain/form/fields.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { href } from '#lib/i18n/address.ts';
import { changeRole, decideJoin, removeMember } from '#lib/server/account/commands.ts';
import {
  invite,
  resendInvitation,
  revokeInvitation,
  type Invite,
} from '#lib/server/account/invitation-commands.ts';
import { againAt } from '#lib/server/account/limits.ts';
import { removeOfficial } from '#lib/server/account/official-commands.ts';
import { readForm, type FormValues } from '#lib/server/platform/http/forms.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { Outcome, Refused } from '#lib/server/platform/result.ts';

/** The actions behind the three pages of people: of a company, of a project lead, of the ministry. */

type PeoplePath = '/company/people' | '/lead/people' | '/ministry/people';

const HIDDEN = new Set(['not-found', 'forbidden']);

function failed(event: RequestEvent, refusal: Refused, values: FormValues) {
  if (HIDDEN.has(refusal.code)) notFound();
  const until = againAt(refusal, event.locals.ctx.now());
  const status = until ? 429 : refusal.fields ? 400 : 409;
  return fail(status, { errors: refusal.fields ?? {}, refused: refusal.code, until, values });
}

/** Goes back to the page with what was done, or answers why not. */
function finish(
  event: RequestEvent,
  path: string,
  done: string,
  outcome: Outcome<unknown>,
  values: FormValues,
) {
  if (!outcome.ok) return failed(event, outcome, values);
  redirect(303, href(event.locals.lang, `${path}?done=${done}`));
}

const id = () => text(40).refine(isUuid, 'bad-choice');
const idSchema = z.object({ id: id() });
const roleSchema = z.object({ id: id(), role: choice(MEMBER_ROLES) });
const ownerOnly = choice(MEMBER_ROLES).default('owner');
const memberInvite = z.object({ email: email(), role: choice(MEMBER_ROLES) });
const officialInvite = z.object({
  email: email(),
  role: choice(['official', 'administrator']),
  agency: choice(AGENCIES),
});

/** The id of the posted row; 404 when it is none. */
async function rowOf(event: RequestEvent): Promise<string> {
  const form = readForm(await event.request.formData(), idSchema);
  if (!form.ok) notFound();
  return form.data.id;
}

async function sendInvitation(event: RequestEvent, path: PeoplePath) {
  const formData = await event.request.formData();
  const form = readForm(formData, path === '/ministry/people' ? officialInvite : memberInvite);
  if (!form.ok) return fail(400, { ...form.invalid, refused: null, until: null });
  const { data } = form;
  const input: Invite =
    'agency' in data
      ? { email: data.email, agency: data.agency, administrator: data.role === 'administrator' }
      : { email: data.email, role: data.role };
  return finish(event, path, 'invited', await invite(event.locals.ctx, input), form.values);
}

async function accept(event: RequestEvent, path: PeoplePath) {
  const formData = await event.request.formData();
  // Administrators give no role: who takes over an organisation without owners becomes its owner.
  const form = readForm(
    formData,
    path === '/ministry/people' ? idSchema.extend({ role: ownerOnly }) : roleSchema,
  );
  if (!form.ok) notFound();
  const { id: requestId, role } = form.data;
  const outcome = await decideJoin(event.locals.ctx, { requestId, accept: true, role });
  return finish(event, path, 'accepted', outcome, {});
}

async function decline(event: RequestEvent, path: PeoplePath) {
  const input = { requestId: await rowOf(event), accept: false, role: 'viewer' as const };
  return finish(event, path, 'declined', await decideJoin(event.locals.ctx, input), {});
}

/** What all three pages can do. */
export function peopleActions(path: PeoplePath) {
  return {
    invite: (event: RequestEvent) => sendInvitation(event, path),
    resend: async (event: RequestEvent) => {
      const outcome = await resendInvitation(event.locals.ctx, { id: await rowOf(event) });
      return finish(event, path, 'invited', outcome, {});
    },
    revoke: async (event: RequestEvent) => {
      const outcome = await revokeInvitation(event.locals.ctx, { id: await rowOf(event) });
      return finish(event, path, 'revoked', outcome, {});
    },
    accept: (event: RequestEvent) => accept(event, path),
    decline: (event: RequestEvent) => decline(event, path),
  };
}

/** What an organisation's page can do besides: roles, and taking members out. */
export function memberActions(path: '/company/people' | '/lead/people') {
  return {
    ...peopleActions(path),
    role: async (event: RequestEvent) => {
      const form = readForm(await event.request.formData(), roleSchema);
      if (!form.ok) notFound();
      const input = { accountId: form.data.id, role: form.data.role };
      return finish(event, path, 'role', await changeRole(event.locals.ctx, input), {});
    },
    remove: async (event: RequestEvent) => {
      const outcome = await removeMember(event.locals.ctx, { accountId: await rowOf(event) });
      if (outcome.ok && outcome.value.left) redirect(303, href(event.locals.lang, '/account'));
      return finish(event, path, 'removed', outcome, {});
    },
  };
}

/** The ministry's page takes an office away. */
export function officialActions() {
  return {
    ...peopleActions('/ministry/people'),
    remove: async (event: RequestEvent) => {
      const outcome = await removeOfficial(event.locals.ctx, { accountId: await rowOf(event) });
      return finish(event, '/ministry/people', 'removed', outcome, {});
    },
  };
}
