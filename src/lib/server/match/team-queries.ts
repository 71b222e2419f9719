import { gatesOf } from '#lib/domain/match/gates.ts';
import { toPoints } from '#lib/domain/match/score.ts';
import { MOST_TEAMS, type Team, type TeamProof } from '#lib/domain/match/team.ts';
import type { WideCandidate } from '#lib/domain/match/team-program.ts';
import { teamCandidates } from '#lib/server/match/batch.ts';
import { mustLines } from '#lib/server/match/line-queries.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import { maySeeMatchesOfCompany, maySeeMatchesOfOpportunity, shownTo } from '#lib/server/match/queries.ts';
import { searchTeams } from '#lib/server/match/team-search.ts';
import { isVisible } from '#lib/server/opportunity/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** A member of a proposed team, with the must lines it covers. */
export interface ProposedMember {
  id: string;
  lines: string[];
}

export interface ProposedTeam {
  members: ProposedMember[];
  /** Sum of the members' scores, each 0 to 1. */
  score: number;
}

/** The smallest teams for an opportunity, with why there is no smaller one. */
export interface TeamProposals {
  lines: string[];
  /** Lines that nobody covers: no team can. */
  nobody: string[];
  /** Companies that cover all must lines by themselves. */
  alone: number;
  /** At most `MOST_TEAMS`, best first. */
  teams: ProposedTeam[];
  proven: boolean;
  /** False: the list of teams may lack some; their size is proven all the same. */
  complete: boolean;
  proof: TeamProof;
  /** Companies there are that show themselves. */
  considered: number;
}

/** For the publisher and officials: smallest teams of any companies that pass the gates. Null: not to be seen. */
export async function teamsForOpportunity(
  ctx: Context,
  opportunityId: string,
  most: number,
): Promise<TeamProposals | null> {
  if (!(await maySeeMatchesOfOpportunity(ctx, opportunityId))) return null;
  const { engine } = await matchIndexOf(ctx.db).fresh();
  const need = engine.need(opportunityId, koreanDay(ctx.now()));
  if (need === null) return null;
  const lines = mustLines(need);
  const shown = await shownTo(ctx);
  const { candidates } = teamCandidates(engine, need, lines, 'all', { inviting: true, ...shown });
  const reached = new Set(candidates.flatMap((one) => one.lines));
  const found = await searchTeams(candidates, lines.length, most);
  return {
    lines,
    nobody: lines.filter((_, at) => !reached.has(at)),
    alone: candidates.filter((one) => one.lines.length === lines.length).length,
    teams: found.teams.map((team) => proposed(team, candidates, lines)),
    proven: found.provenMinimal,
    complete: found.complete,
    proof: found.proof,
    considered: engine.countIn('all', shown),
  };
}

function proposed(
  team: Team,
  candidates: readonly WideCandidate[],
  lines: readonly string[],
  own: readonly string[] = [],
): ProposedTeam {
  const byId = new Map(candidates.map((one) => [one.id, one]));
  return {
    score: toPoints(team.units),
    members: team.members.map((id) => ({
      id,
      lines: (byId.get(id)?.lines ?? [])
        .flatMap((at) => lines[at] ?? [])
        .filter((line) => !own.includes(line)),
    })),
  };
}

/** What a company lacks for an opportunity, and who would close it. */
export interface PartnerProposals {
  lines: string[];
  /** Must lines the company covers itself. */
  own: string[];
  /** Must lines it lacks. */
  open: string[];
  /** Open lines that no partner covers. */
  nobody: string[];
  /** Partners that cover all open lines by themselves; at most `MOST_TEAMS`, best first. */
  partners: ProposedMember[];
  /** How many of those there are. */
  total: number;
  /** Where one partner is not enough: the smallest groups of partners. */
  groups: ProposedTeam[];
}

/** Who may be proposed: those that agreed to it, to whoever asks. */
export type Agreed = () => Promise<ReadonlySet<string>>;

/**
 * Partners with whom a company covers every must line: for the company itself. Null when it is not to be seen, when
 * the reader may not know of the notice (the index holds drafts and notices by invitation as well), when a gate of its own shuts the company out (a partner would not open that), or when it lacks nothing.
 * @param most members of a team, the company included
 */
export async function partnersForCompany(
  ctx: Context,
  companyId: string,
  opportunityId: string,
  most: number,
  agreed: Agreed,
): Promise<PartnerProposals | null> {
  if (!maySeeMatchesOfCompany(ctx, companyId)) return null;
  if (!(await isVisible({ db: ctx.db, actor: ctx.actor, now: ctx.now() }, opportunityId))) return null;
  const { engine } = await matchIndexOf(ctx.db).fresh();
  const need = engine.need(opportunityId, koreanDay(ctx.now()));
  const company = engine.company(companyId);
  if (need === null || company === null) return null;
  const gates = gatesOf(need, company);
  if (gates.some(({ requirement, passed }) => requirement === null && !passed)) return null;
  const failed = new Set(gates.flatMap(({ requirement, passed }) => (passed ? [] : (requirement ?? []))));
  const lines = mustLines(need);
  const open = lines.filter((line) => failed.has(line));
  if (open.length === 0 || open.length === lines.length) return null;
  const own = lines.filter((line) => !failed.has(line));
  const candidates = await openCandidates();
  const reached = new Set(candidates.flatMap((one) => one.lines));
  const alone = candidates.filter((one) => one.lines.length === open.length);
  const answer = { lines, own, open, nobody: open.filter((_, at) => !reached.has(at)), total: alone.length };
  if (answer.nobody.length > 0) return { ...answer, partners: [], groups: [] };
  const { teams } = await searchTeams(candidates, open.length, most - 1);
  const found = teams.map((team) => proposed(team, candidates, open));
  return alone.length > 0
    ? { ...answer, partners: found.flatMap(({ members }) => members).slice(0, MOST_TEAMS), groups: [] }
    : { ...answer, partners: [], groups: found };

  /** Companies that cover something of what is open and agreed to be proposed. */
  async function openCandidates(): Promise<WideCandidate[]> {
    if (need === null) return [];
    const may = await agreed();
    return teamCandidates(engine, need, open, 'all', {}, may).candidates.filter(
      (one) => one.id !== companyId && one.lines.length > 0,
    );
  }
}
