import { organisationOf } from '#lib/domain/account/actor.ts';
import { isMember } from '#lib/domain/account/policy.ts';
import { openLines, teamActions, type TeamRole, type TeamSituation } from '#lib/domain/engagement/team.ts';
import type { CoveredLine, TeamCard, TeamMemberView, TeamView } from '#lib/domain/engagement/team-view.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { takesInterest } from '#lib/domain/opportunity/status.ts';
import type { Names, RequirementView } from '#lib/domain/opportunity/view.ts';
import { lineCovers, type LineCover } from '#lib/server/match/line-queries.ts';
import { names } from '#lib/server/opportunity/present.ts';
import { opportunityCards, opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** Memberships that let a company see its team's page. */
const SEES = ['invited', 'accepted', 'ended'] as const;

/** The teams a company is in, was in to their end, or is asked into; the last changed first. */
export async function teamsOfCompany(ctx: Context): Promise<TeamCard[]> {
  const own = organisationOf(ctx.actor);
  if (own === null) return [];
  const rows = await ctx.db
    .selectFrom('team_member as own')
    .innerJoin('team', 'team.id', 'own.team_id')
    .innerJoin('organisation as leader', 'leader.id', 'team.leader_id')
    .select(['team.id', 'team.state', 'team.opportunity_id', 'team.updated_at', 'team.leader_id'])
    .select(['own.state as membership', 'leader.name_ko', 'leader.name_en'])
    .select((eb) => [
      eb
        .selectFrom('team_member as m')
        .whereRef('m.team_id', '=', 'team.id')
        .where('m.state', 'in', ['accepted', 'ended'])
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('members'),
      eb
        .selectFrom('team_member as m')
        .whereRef('m.team_id', '=', 'team.id')
        .where('m.state', '=', 'invited')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('waiting'),
    ])
    .where('own.organisation_id', '=', own)
    .where('own.state', 'in', SEES)
    .orderBy('team.updated_at', 'desc')
    .orderBy('team.id')
    .limit(200)
    .execute();
  const cards = await opportunityCards(
    ctx,
    rows.map((row) => row.opportunity_id),
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  return rows.flatMap((row) => {
    const opportunity = byId.get(row.opportunity_id);
    if (opportunity === undefined) return [];
    return {
      id: row.id,
      state: row.state,
      role: roleOf(row.membership, row.leader_id === own),
      opportunity,
      leader: names(row.name_ko, row.name_en),
      members: row.members ?? 0,
      waiting: row.waiting ?? 0,
      changedAt: row.updated_at.toISOString(),
    };
  });
}

function roleOf(state: string, leads: boolean): TeamRole {
  if (state === 'invited') return 'invited';
  if (state !== 'accepted' && state !== 'ended') return 'none';
  return leads ? 'leader' : 'member';
}

/** Everything on the page of a team; null for whoever has no part in it. */
export async function teamForCompany(ctx: Context, id: string): Promise<TeamView | null> {
  if (!isUuid(id) || !isMember(ctx.actor)) return null;
  const own = ctx.actor.organisationId;
  const team = await ctx.db
    .selectFrom('team')
    .innerJoin('opportunity', 'opportunity.id', 'team.opportunity_id')
    .leftJoin('interest', 'interest.team_id', 'team.id')
    .selectAll('team')
    .select(['opportunity.team_max', 'interest.id as interest_id', 'interest.status as interest_status'])
    .where('team.id', '=', id)
    .executeTakeFirst();
  if (team === undefined) return null;
  const rows = await memberRows(ctx, id);
  const self = rows.find((row) => row.organisation_id === own);
  if (self === undefined || !SEES.some((state) => state === self.state)) return null;
  const view = await opportunityForViewer(ctx, team.opportunity_id);
  if (view === null) return null;
  const role = roleOf(self.state, team.leader_id === own);
  const inside = role === 'leader' || role === 'member';
  const shown = rows.filter((row) => inside || row.organisation_id === own || row.state === 'accepted');
  const live = shown.filter((row) => ['accepted', 'ended', 'invited'].includes(row.state));
  const frozen = team.state !== 'forming';
  const covers = await coversOf(ctx, team.opportunity_id, live, frozen);
  const lines = coveredLines(view.requirements, live, covers);
  const here = live.filter((row) => row.state !== 'invited');
  const open = openLines(
    lines.map(({ line }) => line.externalId),
    here.map((row) => ({ id: row.organisation_id, lines: covers.get(row.organisation_id)?.lines ?? [] })),
  ).length;
  const situation: TeamSituation = {
    state: team.state,
    role,
    interest: team.interest_status,
    accepted: rows.filter(({ state }) => state === 'accepted').length,
    invited: rows.filter(({ state }) => state === 'invited').length,
    most: team.team_max,
    open: takesInterest(view.phase),
  };
  const ready = team.state === 'forming' && situation.accepted > 1 && open === 0;
  return {
    id,
    state: ready ? 'ready' : team.state,
    role,
    opportunity: view,
    most: team.team_max,
    members: shown.map((row): TeamMemberView => ({
      id: row.organisation_id,
      name: names(row.name_ko, row.name_en),
      leader: row.organisation_id === team.leader_id,
      self: row.organisation_id === own,
      state: row.state,
      askedAt: row.asked_at.toISOString(),
      answeredAt: row.answered_at?.toISOString() ?? null,
      reason: inside ? row.reason : '',
      unfit: !frozen && (covers.get(row.organisation_id)?.shut.length ?? 0) > 0,
      contact:
        inside && row.contact_email !== '' && ['accepted', 'ended'].includes(row.state)
          ? { name: row.contact_name, email: row.contact_email }
          : null,
    })),
    lines,
    open,
    invitation:
      role === 'invited' ? { message: self.message, lang: self.lang, at: self.asked_at.toISOString() } : null,
    events: inside ? await eventsOf(ctx, id, rows) : [],
    interest:
      team.interest_id === null || team.interest_status === null
        ? null
        : { id: team.interest_id, status: team.interest_status },
    actions: ctx.actor.role === 'viewer' ? [] : actionsOf(situation, ready),
  };
}

/** Sending is offered once every must line is covered. */
function actionsOf(situation: TeamSituation, ready: boolean) {
  return teamActions(situation).filter((action) => action !== 'send' || ready);
}

async function memberRows(ctx: Context, teamId: string) {
  return await ctx.db
    .selectFrom('team_member')
    .innerJoin('organisation', 'organisation.id', 'team_member.organisation_id')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .selectAll('team_member')
    .select(['organisation.name_ko', 'organisation.name_en'])
    .where('team_id', '=', teamId)
    .orderBy((eb) => eb('team_member.organisation_id', '=', eb.ref('team.leader_id')), 'desc')
    .orderBy('asked_at')
    .orderBy('organisation_id')
    .execute();
}
type MemberRow = Awaited<ReturnType<typeof memberRows>>[number];

/** What each covers: now, or as it was frozen when interest was expressed. */
async function coversOf(
  ctx: Context,
  opportunityId: string,
  rows: readonly MemberRow[],
  frozen: boolean,
): Promise<Map<string, LineCover>> {
  if (frozen)
    return new Map(
      rows.map((row) => [row.organisation_id, { id: row.organisation_id, lines: row.lines, shut: [] }]),
    );
  const found = await lineCovers(
    ctx,
    opportunityId,
    rows.map((row) => row.organisation_id),
  );
  return new Map(found?.covers.map((cover) => [cover.id, cover]));
}

function coveredLines(
  requirements: readonly RequirementView[],
  rows: readonly MemberRow[],
  covers: ReadonlyMap<string, LineCover>,
): CoveredLine[] {
  const by = (line: RequirementView, invited: boolean) =>
    rows
      .filter((row) => (row.state === 'invited') === invited)
      .filter((row) => covers.get(row.organisation_id)?.lines.includes(line.externalId))
      .map((row) => row.organisation_id);
  return requirements
    .filter(({ must }) => must)
    .map((line) => ({ line, by: by(line, false), asked: by(line, true) }));
}

async function eventsOf(ctx: Context, teamId: string, rows: readonly MemberRow[]) {
  const nameOf = new Map<string | null, Names>(
    rows.map((row) => [row.organisation_id, names(row.name_ko, row.name_en)]),
  );
  const events = await ctx.db
    .selectFrom('team_event')
    .selectAll()
    .where('team_id', '=', teamId)
    .orderBy('id')
    .execute();
  return events.map((event) => ({
    kind: event.kind,
    at: event.at.toISOString(),
    name: nameOf.get(event.organisation_id) ?? names('', ''),
    // the invitation's words are the asked company's to read
    note: event.kind === 'invited' ? '' : event.note,
    lang: event.lang,
  }));
}

/** Invitations that wait for the company acted for, soonest deadline first. */
export async function waitingInvitations(
  ctx: Context,
): Promise<{ team: string; title: Names; leader: Names; deadline: string | null }[]> {
  const cards = await teamsOfCompany(ctx);
  return cards
    .filter(({ role, state }) => role === 'invited' && state === 'forming')
    .map(({ id, opportunity, leader }) => ({
      team: id,
      title: opportunity.title,
      leader,
      deadline: opportunity.deadline,
    }))
    .sort((a, b) => (a.deadline ?? '9').localeCompare(b.deadline ?? '9'));
}

/** The team of a notice that the company acted for is in; null when none. */
export async function ownTeamFor(
  ctx: Context,
  opportunityId: string,
): Promise<{ id: string; leader: boolean; forming: boolean } | null> {
  const own = organisationOf(ctx.actor);
  if (own === null || !isUuid(opportunityId)) return null;
  const row = await ctx.db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .select(['team.id', 'team.leader_id', 'team.state'])
    .where('team_member.opportunity_id', '=', opportunityId)
    .where('team_member.organisation_id', '=', own)
    .where('team_member.state', '=', 'accepted')
    .executeTakeFirst();
  return row === undefined
    ? null
    : { id: row.id, leader: row.leader_id === own, forming: row.state === 'forming' };
}
