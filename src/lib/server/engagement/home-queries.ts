import { isMember } from '#lib/domain/account/policy.ts';
import type { OpportunityCard } from '#lib/domain/opportunity/view.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { ownOpportunities, returnedDrafts } from '#lib/server/opportunity/lead-queries.ts';
import { inboxCounts, type InboxCount } from '#lib/server/engagement/queries.ts';

export interface LeadNotice {
  card: OpportunityCard;
  count: InboxCount | null;
  /** the ministry's note on a draft that came back; empty otherwise */
  returned: string;
}

/** What the home of a lead shows: what needs an answer first, then how all its notices stand. */
export async function leadHome(ctx: Context) {
  const [cards, counts, returned, since] = await Promise.all([
    ownOpportunities(ctx),
    inboxCounts(ctx),
    returnedDrafts(ctx),
    previousVisit(ctx),
  ]);
  const countOf = new Map(counts.map((count) => [count.opportunityId, count]));
  const noteOf = new Map(returned.map((one) => [one.id, one.note]));
  const notices = cards.map((card): LeadNotice => ({
    card,
    count: countOf.get(card.id) ?? null,
    returned: noteOf.get(card.id) ?? '',
  }));
  const actor = isMember(ctx.actor) ? ctx.actor : null;
  const today = koreanDay(ctx.now());
  return {
    notices,
    fresh: { since, interests: since === null ? 0 : await receivedSince(ctx, since) },
    vetting: {
      standing: actor?.standing ?? 'registered',
      until: actor?.vettedUntil ?? null,
      valid: actor?.standing === 'vetted' && actor.vettedUntil !== null && actor.vettedUntil >= today,
    },
    mayEdit: actor !== null && actor.role !== 'viewer',
    now: ctx.now().toISOString(),
  };
}

async function previousVisit(ctx: Context): Promise<string | null> {
  if (!isMember(ctx.actor)) return null;
  const row = await ctx.db
    .selectFrom('account')
    .select('previous_visit_at')
    .where('id', '=', ctx.actor.accountId)
    .executeTakeFirst();
  return row?.previous_visit_at?.toISOString() ?? null;
}

/** Expressions that came in since an instant, over all notices of the lead. */
async function receivedSince(ctx: Context, since: string): Promise<number> {
  if (!isMember(ctx.actor)) return 0;
  const row = await ctx.db
    .selectFrom('interest')
    .innerJoin('opportunity', 'opportunity.id', 'interest.opportunity_id')
    .where('opportunity.organisation_id', '=', ctx.actor.organisationId)
    .where('interest.created_at', '>', new Date(since))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return row.n;
}
