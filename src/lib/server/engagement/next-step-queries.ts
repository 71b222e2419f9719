import { isVettedOn } from '#lib/domain/account/actor.ts';
import type { NextStep } from '#lib/domain/engagement/next-step.ts';
import { takesInterest } from '#lib/domain/opportunity/status.ts';
import type { OpportunityView } from '#lib/domain/opportunity/view.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { ownInterestIn } from '#lib/server/engagement/queries.ts';
import { ownTeamFor } from '#lib/server/engagement/team-queries.ts';

/** What the reader of a notice can do next. The command decides again; this only says it beforehand. */
export async function nextStepFor(ctx: Context, view: OpportunityView): Promise<NextStep> {
  const { actor } = ctx;
  if (actor.kind === 'visitor') return { kind: takesInterest(view.phase) ? 'sign-in' : 'not-open' };
  if (actor.kind === 'person') return { kind: 'choose-organisation' };
  if (actor.kind !== 'member') return { kind: 'look-only' };
  if (view.publisher.id === actor.organisationId) return { kind: 'own' };
  if (!actor.supplier) return { kind: 'look-only' };
  const interest = await ownInterestIn(ctx, view.id);
  if (interest !== null) return { kind: 'sent', interest };
  if (!takesInterest(view.phase)) return { kind: 'not-open' };
  const team = await ownTeamFor(ctx, view.id);
  if (team?.forming) return { kind: 'in-team', team: { id: team.id, leader: team.leader } };
  if (actor.standing === 'suspended') return { kind: 'suspended' };
  if (await isScreened(ctx, actor.organisationId)) return { kind: 'screened' };
  if (view.publisher.standing === 'suspended') return { kind: 'publisher-suspended' };
  if (view.requiresVetted && !isVettedOn(actor, koreanDay(ctx.now()))) return { kind: 'not-vetted' };
  if (!(await isPublished(ctx, actor.organisationId))) return { kind: 'unpublished' };
  if (!actor.verified) return { kind: 'unverified' };
  return { kind: actor.role === 'viewer' ? 'viewer' : 'send' };
}

async function isScreened(ctx: Context, organisationId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('organisation')
    .select('screened')
    .where('id', '=', organisationId)
    .executeTakeFirst();
  return row?.screened === true;
}

async function isPublished(ctx: Context, organisationId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('company')
    .select('version')
    .where('organisation_id', '=', organisationId)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}
