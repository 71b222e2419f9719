import { redirect, type RequestEvent } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import {
  agreeOnInvitation,
  askOnInvitation,
  takeBackOnInvitation,
  type InvitationInput,
} from '#lib/server/engagement/invitation-commands.ts';
import { refused } from '#lib/server/platform/http/refusals.ts';
import type { Outcome } from '#lib/server/platform/result.ts';

/** The invitation of a page, and the page's address. */
export interface InvitationPage {
  input: InvitationInput;
  path: string;
}

/** What a page of an invitation can do about names; `at` finds the invitation, or answers 404. */
export function invitationActions<E extends RequestEvent>(at: (event: E) => InvitationPage) {
  function finish(event: E, outcome: Outcome<unknown>, done: string) {
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(event.locals.lang, `${at(event).path}?done=${done}`));
  }
  return {
    agree: async (event: E) => {
      const outcome = await agreeOnInvitation(event.locals.ctx, at(event).input);
      return finish(event, outcome, outcome.ok && outcome.value.shown ? 'shown' : 'agreed');
    },
    takeBack: async (event: E) =>
      finish(event, await takeBackOnInvitation(event.locals.ctx, at(event).input), 'taken-back'),
    ask: async (event: E) => finish(event, await askOnInvitation(event.locals.ctx, at(event).input), 'asked'),
  };
}
