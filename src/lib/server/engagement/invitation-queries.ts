import { isMember } from '#lib/domain/account/policy.ts';
import { invitationReveal, type InvitationView } from '#lib/domain/engagement/invitation.ts';
import type { ActingSide } from '#lib/domain/engagement/status.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import {
  barOf,
  interestOfPair,
  readInvitation,
  sidesOf,
  unansweredInvitations,
  type InvitationRow,
} from '#lib/server/engagement/invitation-repository.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import { names } from '#lib/server/opportunity/present.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import { readableReason } from '#lib/server/opportunity/told-names.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The invitation of the company acted for to a notice; null when it has none, or may not know of the notice. */
export async function invitationForCompany(
  ctx: Context,
  opportunityId: string,
): Promise<InvitationView | null> {
  if (!isMember(ctx.actor)) return null;
  return await invitationFor(ctx, opportunityId, ctx.actor.organisationId, 'company');
}

/** An invitation to a notice of the lead acted for; null when there is none, or the notice is not its own. */
export async function invitationForLead(
  ctx: Context,
  opportunityId: string,
  companyId: string,
): Promise<InvitationView | null> {
  return await invitationFor(ctx, opportunityId, companyId, 'lead');
}

/** Is the company acted for invited to the notice? */
export async function isInvited(ctx: Context, opportunityId: string): Promise<boolean> {
  if (!isMember(ctx.actor) || !isUuid(opportunityId)) return false;
  return (await readInvitation(ctx.db, opportunityId, ctx.actor.organisationId)) !== null;
}

export interface OpenInvitation {
  opportunity: string;
  title: Names;
  /** Empty where the publisher keeps its name back. */
  publisher: Names;
  deadline: string | null;
}

/** Invitations to open notices that the company acted for has not answered with an interest; newest first. */
export async function openInvitations(ctx: Context): Promise<OpenInvitation[]> {
  if (!isMember(ctx.actor)) return [];
  const rows = await unansweredInvitations(ctx.db, ctx.actor.organisationId);
  const cards = await opportunityCards(
    ctx,
    rows.map(({ id }) => id),
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  return rows.flatMap((row) => {
    const card = byId.get(row.id);
    if (card?.phase !== 'open') return [];
    return [
      {
        ...{ opportunity: card.id, title: card.title, deadline: card.deadline },
        publisher: card.named ? names(row.lead_ko || row.publisher, row.lead_en) : names('', ''),
      },
    ];
  });
}

async function invitationFor(
  ctx: Context,
  opportunityId: string,
  companyId: string,
  side: ActingSide,
): Promise<InvitationView | null> {
  if (!isUuid(opportunityId) || !isUuid(companyId) || !isMember(ctx.actor)) return null;
  const row = await readInvitation(ctx.db, opportunityId, companyId);
  if (row === null || (side === 'lead' && row.lead_id !== ctx.actor.organisationId)) return null;
  const [cards, companies, interest, events] = await Promise.all([
    opportunityCards(ctx, [opportunityId]),
    side === 'lead' ? companyCards(ctx, [companyId]) : [],
    interestOfPair(ctx.db, opportunityId, companyId),
    ctx.db
      .selectFrom('invitation_event')
      .select(['kind', 'at'])
      .where('opportunity_id', '=', opportunityId)
      .where('organisation_id', '=', companyId)
      .orderBy('id')
      .execute(),
  ]);
  const [opportunity] = cards;
  if (opportunity === undefined) return null;
  const [card] = companies;
  const sides = sidesOf(row);
  const [own, other] = side === 'company' ? [sides.company, sides.lead] : [sides.lead, sides.company];
  // A name learnt by another notice is known; what shows itself to nobody stays without a name where it keeps it.
  const masked = side === 'lead' && (card === undefined ? other.keeps : card.masked);
  const bar = barOf(row, side, { now: ctx.now(), interest: interest !== null });
  return {
    opportunity,
    publisher: opportunity.named ? names(row.lead_ko || row.publisher, row.lead_en) : names('', ''),
    company: {
      id: companyId,
      masked,
      profile: card !== undefined,
      name: masked ? names('', '') : names(row.company_ko, row.company_en),
    },
    reason:
      side === 'lead'
        ? row.reason
        : ((await readableReason(ctx.db, noticeOf(row), companyId, row.reason)) ?? ''),
    invitedAt: row.created_at.toISOString(),
    reveal: invitationReveal(own, other, { bar, mayAct: ctx.actor.role !== 'viewer' }),
    bar,
    interest,
    timeline: [
      { kind: 'invited', at: row.created_at.toISOString() },
      ...events.map(({ kind, at }) => ({ kind, at: at.toISOString() })),
    ],
  };
}

/** The notice of an invitation, as far as it decides what must not be told. */
function noticeOf(row: InvitationRow) {
  const { opportunity_id: id, lead_id, lead_keeps, project_id, place, publisher } = row;
  return { id, organisation_id: lead_id, pseudonymous: lead_keeps, project_id, place, publisher };
}
