import { isMember } from '#lib/domain/account/policy.ts';
import type { LeadTeams, PartnerView, PartnersView } from '#lib/domain/engagement/team-view.ts';
import type { MemberState } from '#lib/domain/engagement/team.ts';
import { takesInterest } from '#lib/domain/opportunity/status.ts';
import type { OpportunityCard, OpportunityView, RequirementView } from '#lib/domain/opportunity/view.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import {
  partnersForCompany,
  teamsForOpportunity,
  type ProposedMember,
} from '#lib/server/match/team-queries.ts';
import { invitationsOf } from '#lib/server/opportunity/lead-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { agreedPartners, openToTeams } from '#lib/server/engagement/partner-queries.ts';
import { ownInterestIn } from '#lib/server/engagement/queries.ts';
import { ownTeamFor } from '#lib/server/engagement/team-queries.ts';

/** Partners shown in full; the rest are counted. */
const SHOWN = 8;
const GROUPS = 5;

/**
 * Who, together with the company acted for, covers every must line of a notice: for the page of the match. Null when
 * the notice takes no teams or no interest, when interest was expressed already, or when a partner would not help.
 */
export async function partnersFor(ctx: Context, view: OpportunityView): Promise<PartnersView | null> {
  if (!isMember(ctx.actor) || view.teamMax < 2 || !takesInterest(view.phase)) return null;
  if (view.publisher.id === ctx.actor.organisationId || view.publisher.standing === 'suspended') return null;
  if (ctx.actor.standing === 'suspended') return null;
  const [team, sent] = await Promise.all([ownTeamFor(ctx, view.id), ownInterestIn(ctx, view.id)]);
  if (sent !== null) return null;
  const found = await partnersForCompany(ctx, ctx.actor.organisationId, view.id, view.teamMax, () =>
    agreedPartners(ctx),
  );
  if (found === null) return null;
  const partners = found.partners.slice(0, SHOWN);
  const groups = found.groups.slice(0, GROUPS);
  const lineOf = new Map(view.requirements.map((line) => [line.externalId, line]));
  const asked = team === null ? new Map<string, MemberState>() : await membersOf(ctx, team.id);
  const present = await presenter(
    ctx,
    [...partners, ...groups.flatMap(({ members }) => members)],
    lineOf,
    asked,
  );
  const lines = (ids: readonly string[]) => ids.flatMap((id) => lineOf.get(id) ?? []);
  return {
    all: found.lines.length,
    own: lines(found.own),
    open: lines(found.open),
    nobody: lines(found.nobody),
    partners: partners.flatMap((one) => present(one) ?? []),
    total: found.total,
    groups: groups.map(({ members }) => members.flatMap((one) => present(one) ?? [])),
    most: view.teamMax,
    team: team?.id ?? null,
  };
}

async function membersOf(ctx: Context, teamId: string): Promise<Map<string, MemberState>> {
  const rows = await ctx.db
    .selectFrom('team_member')
    .select(['organisation_id', 'state'])
    .where('team_id', '=', teamId)
    .execute();
  return new Map(rows.map((row) => [row.organisation_id, row.state]));
}

/** Puts the public facts of partners to what matching says of them. */
async function presenter(
  ctx: Context,
  proposed: readonly ProposedMember[],
  lineOf: ReadonlyMap<string, RequirementView>,
  asked: ReadonlyMap<string, MemberState>,
): Promise<(member: ProposedMember) => PartnerView | null> {
  const cards = await companyCards(ctx, [...new Set(proposed.map(({ id }) => id))]);
  const byId = new Map(cards.map((card) => [card.id, card]));
  return ({ id, lines }) => {
    const card = byId.get(id);
    if (card === undefined || card.masked) return null;
    return {
      id,
      name: card.name,
      province: card.province,
      vetted: card.standing === 'vetted',
      capabilities: card.capabilities.slice(0, 3).map(({ ko, en }) => ({ ko, en })),
      lines: lines.flatMap((line) => lineOf.get(line) ?? []),
      asked: asked.get(id) ?? null,
    };
  };
}

/** One partner for the form that asks it; null when it may not be proposed. */
export async function partnerFor(
  ctx: Context,
  view: OpportunityView,
  companyId: string,
): Promise<{ partner: PartnerView; partners: PartnersView } | null> {
  const partners = await partnersFor(ctx, view);
  const partner = [...(partners?.partners ?? []), ...(partners?.groups.flat() ?? [])].find(
    ({ id }) => id === companyId,
  );
  return partner === undefined || partners === null ? null : { partner, partners };
}

/** Of near matches, how many single partners would close each: for the lines of a list. */
export async function partnerCounts(
  ctx: Context,
  opportunities: readonly OpportunityCard[],
): Promise<Record<string, { partners: number; all: number }>> {
  if (!isMember(ctx.actor) || ctx.actor.standing === 'suspended' || opportunities.length === 0) return {};
  const own = ctx.actor.organisationId;
  const rows = await ctx.db
    .selectFrom('opportunity')
    .select(['id', 'team_max'])
    .where(
      'id',
      'in',
      opportunities.map(({ id }) => id),
    )
    .where('team_max', '>', 1)
    // who has expressed interest alone joins no team
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('interest')
            .select('interest.id')
            .whereRef('interest.opportunity_id', '=', 'opportunity.id')
            .where('interest.organisation_id', '=', own),
        ),
      ),
    )
    .execute();
  if (rows.length === 0) return {};
  const agreed = await agreedPartners(ctx);
  if (agreed.size === 0) return {};
  const counts: Record<string, { partners: number; all: number }> = {};
  for (const { id, team_max: most } of rows) {
    const found = await partnersForCompany(ctx, own, id, most, () => Promise.resolve(agreed));
    if (found !== null && found.total > 0) counts[id] = { partners: found.total, all: found.lines.length };
  }
  return counts;
}

/** The smallest teams for a notice, for its publisher: shown when no single company covers every must line. */
export async function teamsFor(
  ctx: Context,
  view: Pick<OpportunityView, 'id' | 'requirements' | 'teamMax'>,
): Promise<LeadTeams | null> {
  const musts = view.requirements.filter(({ must }) => must);
  if (musts.length < 2) return null;
  const found = await teamsForOpportunity(ctx, view.id, Math.max(2, view.teamMax));
  if (found === null || found.alone > 0) return null;
  const ids = [...new Set(found.teams.flatMap(({ members }) => members.map(({ id }) => id)))];
  const [cards, willing, invited] = await Promise.all([
    companyCards(ctx, ids),
    openToTeams(ctx, ids),
    invitationsOf(ctx, view.id),
  ]);
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const asked = new Set(invited.map(({ id }) => id));
  const lineOf = new Map(view.requirements.map((line) => [line.externalId, line]));
  const lines = (held: readonly string[]) => held.flatMap((id) => lineOf.get(id) ?? []);
  return {
    lines: musts,
    nobody: lines(found.nobody),
    allowed: view.teamMax > 1,
    teams: found.teams.map(({ members, score }) => ({
      score,
      members: members.flatMap(({ id, lines: held }) => {
        const card = cardOf.get(id);
        if (card === undefined) return [];
        return {
          id,
          name: card.name,
          masked: card.masked,
          vetted: card.standing === 'vetted',
          willing: willing.has(id),
          invited: asked.has(id),
          lines: lines(held),
        };
      }),
    })),
    proven: found.proven,
    complete: found.complete,
    ruledOut: found.proof.ruledOut,
    candidates: found.proof.candidates,
    considered: found.considered,
  };
}
