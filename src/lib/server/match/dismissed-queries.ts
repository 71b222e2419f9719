import { isMember } from '#lib/domain/account/policy.ts';
import { FEEDBACK_REASONS, type FeedbackReason } from '#lib/domain/opportunity/feedback.ts';
import type { OpportunityCard } from '#lib/domain/opportunity/view.ts';
import { dismissedBy } from '#lib/server/match/repository.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface Dismissed {
  opportunity: OpportunityCard;
  reason: FeedbackReason;
  note: string;
  at: string;
}

/** What the company acted for said is not relevant to it, newest first; what it may not see any more is left out. */
export async function dismissedMatches(ctx: Context): Promise<Dismissed[]> {
  if (!isMember(ctx.actor)) return [];
  const rows = await dismissedBy(ctx.db, ctx.actor.organisationId);
  const cards = await opportunityCards(
    ctx,
    rows.map((row) => row.opportunity_id),
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  return rows.flatMap((row) => {
    const opportunity = byId.get(row.opportunity_id);
    if (opportunity === undefined) return [];
    const reason = FEEDBACK_REASONS.find((one) => one === row.reason) ?? 'other';
    return [{ opportunity, reason, note: row.note, at: row.created_at.toISOString() }];
  });
}
