/**
 * The smallest teams that together cover all must lines: exact, by search over covers as bit masks.
 * Two members with the same cover stand in for each other, so the search runs over distinct covers that no
 * other contains, and members are put in at the end, best score first.
 */
export interface TeamCandidate {
  id: string;
  /** Bit i set: covers line i. */
  cover: number;
  /** Ties between teams are broken by summed score. */
  units: number;
}

export interface Team {
  members: string[];
  /** Bits covered together. */
  cover: number;
  units: number;
}

export interface TeamSearch {
  teams: Team[];
  /** No smaller team covers as much: the whole space was searched. */
  provenMinimal: boolean;
}

export const MOST_LINES = 30;
const MOST_TEAMS = 20;
/** Members kept for each cover: more cannot enter the best `MOST_TEAMS` teams. */
const KEPT = MOST_TEAMS;

/**
 * Smallest teams covering as many of the `lines` lines as can be covered at all, with at most `mostMembers`
 * members. Teams of equal size are ordered by summed score, then by ids.
 */
export function smallestTeams(
  candidates: readonly TeamCandidate[],
  lines: number,
  mostMembers = 5,
): TeamSearch {
  const byCover = groupByCover(candidates);
  const reachable = [...byCover.keys()].reduce((all, cover) => all | cover, 0);
  if (lines === 0 || lines > MOST_LINES || reachable === 0)
    return { teams: [], provenMinimal: lines <= MOST_LINES };
  const covers = [...byCover.keys()].sort((a, b) => bits(b) - bits(a) || a - b);
  const widest = covers.filter(
    (cover) => !covers.some((other) => other !== cover && (other & cover) === cover),
  );
  for (let size = 1; size <= mostMembers; size += 1) {
    if (!canCover(widest, reachable, size)) continue;
    return { teams: teamsOf(byCover, covers, reachable, size), provenMinimal: true };
  }
  return { teams: [], provenMinimal: false };
}

function groupByCover(candidates: readonly TeamCandidate[]): Map<number, TeamCandidate[]> {
  const byCover = new Map<number, TeamCandidate[]>();
  for (const candidate of candidates) {
    if (candidate.cover === 0) continue;
    const group = byCover.get(candidate.cover);
    if (group === undefined) byCover.set(candidate.cover, [candidate]);
    else group.push(candidate);
  }
  for (const [cover, group] of byCover) byCover.set(cover, group.sort(byScore).slice(0, KEPT));
  return byCover;
}

function byScore(a: TeamCandidate, b: TeamCandidate): number {
  return b.units - a.units || (a.id < b.id ? -1 : 1);
}

/** Can `size` of the covers reach the goal? Branches on the lowest line still open. */
function canCover(covers: readonly number[], goal: number, size: number): boolean {
  const failed = new Set<number>();
  const search = (open: number, left: number): boolean => {
    if (open === 0) return true;
    if (left === 0) return false;
    const key = open * 8 + left;
    if (failed.has(key)) return false;
    const lowest = open & -open;
    for (const cover of covers) if ((cover & lowest) !== 0 && search(open & ~cover, left - 1)) return true;
    failed.add(key);
    return false;
  };
  return search(goal, size);
}

/** The best teams of exactly `size` members; every member adds a line no other member covers alone. */
function teamsOf(
  byCover: ReadonlyMap<number, readonly TeamCandidate[]>,
  covers: readonly number[],
  goal: number,
  size: number,
): Team[] {
  const found = new Map<string, Team>();
  const worst = (): number =>
    found.size < MOST_TEAMS ? -1 : Math.min(...[...found.values()].map(({ units }) => units));
  const best = Math.max(0, ...[...byCover.values()].map((group) => group[0]?.units ?? 0));
  const keep = (members: TeamCandidate[]): void => {
    const sorted = [...members].sort(byScore);
    const ids = sorted.map(({ id }) => id);
    const units = members.reduce((sum, member) => sum + member.units, 0);
    const key = [...ids].sort().join('\n');
    if (found.has(key)) return;
    found.set(key, { members: ids, cover: members.reduce((all, { cover }) => all | cover, 0) & goal, units });
    if (found.size <= MOST_TEAMS) return;
    const [last] = [...found].sort(([, a], [, b]) => compareTeams(b, a));
    if (last !== undefined) found.delete(last[0]);
  };
  const search = (open: number, chosen: TeamCandidate[], units: number): void => {
    if (open === 0 && chosen.length === size) return keep(chosen);
    if (open === 0 || chosen.length === size) return;
    if (units + best * (size - chosen.length) < worst()) return;
    const lowest = open & -open;
    const last = chosen.length === size - 1;
    for (const cover of covers) {
      if ((cover & lowest) === 0 || (last && (open & ~cover) !== 0)) continue;
      for (const member of byCover.get(cover) ?? []) {
        if (units + member.units + best * (size - chosen.length - 1) < worst()) break;
        search(open & ~cover, [...chosen, member], units + member.units);
      }
    }
  };
  search(goal, [], 0);
  return [...found.values()].sort(compareTeams);
}

function compareTeams(a: Team, b: Team): number {
  return b.units - a.units || (a.members.join('\n') < b.members.join('\n') ? -1 : 1);
}

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
