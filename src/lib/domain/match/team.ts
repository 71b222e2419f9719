/**
 * The smallest teams that together cover all must lines, exactly.
 *
 * Two members with the same cover stand in for each other, so candidates are folded into classes, one for each
 * cover, best first. The least size is found over the widest covers alone: a cover that lies inside another can be
 * replaced by it. The best teams of that size are then built up from the best teams of what is left to cover; since
 * a smallest team has nobody to spare, every part of it is a smallest team of its rest.
 */
export interface TeamCandidate {
  id: string;
  /** Bit i set: covers line i. */
  cover: number;
  /** Teams of the same size are ordered by summed score. */
  units: number;
}

export interface Team {
  /** Most points first, equal ones in id order. */
  members: string[];
  /** Bits covered together. */
  cover: number;
  units: number;
}

/** Why no smaller team can do it. */
export interface TeamProof {
  /** `bitmask`: every cover was tried. `milp`: integer programming, with the bound of the solver. */
  method: 'bitmask' | 'milp';
  /** No team of this many members or fewer covers the lines. */
  ruledOut: number;
  /** Members that a team needs at least. */
  lowerBound: number;
  /** 0: the size found is the least there is; null: no team was found. */
  gap: number | null;
  candidates: number;
  /** Different covers among the candidates. */
  classes: number;
}

export interface TeamSearch {
  teams: Team[];
  /** Lines that some candidate covers: what the teams cover. */
  goal: number;
  /** What is said of the size holds for every possible team. */
  provenMinimal: boolean;
  /** The teams named are the best of their size; false when time ran out while they were listed. */
  complete: boolean;
  proof: TeamProof;
}

/** More lines than this are left to the solver. */
export const MOST_LINES = 16;
/** Teams that are shown. */
export const MOST_TEAMS = 20;
/** Members looked for when nobody says otherwise. */
export const DEFAULT_MEMBERS = 5;

/** Candidates with the same cover, best first. No more than `MOST_TEAMS` of them can stand in the best teams. */
export interface CoverClass<C extends { id: string; units: number }> {
  cover: number;
  members: C[];
}

/**
 * Smallest teams covering as many of the `lines` lines as can be covered at all, with at most `mostMembers`
 * members. Teams are ordered by summed score, then by their sorted ids; at most `MOST_TEAMS` are named.
 * @throws RangeError with more than `MOST_LINES` lines
 */
export function smallestTeams(
  candidates: readonly TeamCandidate[],
  lines: number,
  mostMembers = DEFAULT_MEMBERS,
): TeamSearch {
  if (lines > MOST_LINES) throw new RangeError(`${lines} lines are too many for bit masks`);
  const all = 2 ** lines - 1;
  const classes = foldByCover(candidates, all);
  const goal = classes.reduce((union, { cover }) => union | cover, 0);
  const search = new CoverSearch(classes, goal);
  const size = goal === 0 ? 0 : search.leastSize(mostMembers);
  const teams = size === null || size === 0 ? [] : search.best(goal, size);
  const ruledOut = size === null ? mostMembers : Math.max(0, size - 1);
  return {
    teams: teams.map((team) => named(team, search.ranked, goal)),
    goal,
    provenMinimal: true,
    complete: true,
    proof: {
      method: 'bitmask',
      ruledOut,
      lowerBound: goal === 0 ? 0 : ruledOut + 1,
      gap: size === null ? null : 0,
      candidates: candidates.length,
      classes: classes.length,
    },
  };
}

/** Candidates folded by what they cover of `goal`; who covers nothing of it is left out. */
export function foldByCover<C extends TeamCandidate>(
  candidates: readonly C[],
  goal: number,
): CoverClass<C>[] {
  const byCover = new Map<number, C[]>();
  for (const candidate of candidates) {
    const cover = candidate.cover & goal;
    if (cover === 0) continue;
    const group = byCover.get(cover);
    if (group === undefined) byCover.set(cover, [candidate]);
    else group.push(candidate);
  }
  return [...byCover]
    .map(([cover, group]) => ({ cover, members: group.sort(byScore).slice(0, MOST_TEAMS) }))
    .sort((a, b) => bits(b.cover) - bits(a.cover) || a.cover - b.cover);
}

/** Most points first, equal ones in id order. */
export function byScore(a: { id: string; units: number }, b: { id: string; units: number }): number {
  return b.units - a.units || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A team under construction: members by their place in id order, ascending. */
interface Draft {
  units: number;
  members: number[];
}

/** Most points first; equal teams by their sorted ids. Adding the same member to two teams keeps their order. */
function compareDrafts(a: Draft, b: Draft): number {
  if (a.units !== b.units) return b.units - a.units;
  for (let at = 0; at < a.members.length; at += 1) {
    const apart = (a.members[at] ?? 0) - (b.members[at] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
}

interface RankedCandidate extends TeamCandidate {
  rank: number;
}

class CoverSearch {
  /** All candidates in id order: the place of a member is its rank. */
  readonly ranked: readonly TeamCandidate[];
  private readonly classes: CoverClass<RankedCandidate>[];
  private readonly widest: number[];
  private readonly goal: number;
  private readonly coverable = new Map<number, boolean>();
  private readonly known = new Map<number, Draft[]>();

  constructor(classes: readonly CoverClass<TeamCandidate>[], goal: number) {
    const members = classes.flatMap((one) => one.members).sort((a, b) => (a.id < b.id ? -1 : 1));
    const rankOf = new Map(members.map(({ id }, rank) => [id, rank]));
    this.ranked = members;
    this.goal = goal;
    this.classes = classes.map(({ cover, members: group }) => ({
      cover,
      members: group.map((one) => ({ ...one, rank: rankOf.get(one.id) ?? 0 })),
    }));
    this.widest = widestCovers(classes.map(({ cover }) => cover));
  }

  /** The fewest members that reach the goal; null when more than `most` are needed. */
  leastSize(most: number): number | null {
    for (let size = 1; size <= most; size += 1) if (this.canCover(this.goal, size)) return size;
    return null;
  }

  /** Can `left` of the covers close what is open? Branches on the lowest open line. */
  private canCover(open: number, left: number): boolean {
    if (open === 0) return true;
    if (left === 0) return false;
    const key = open * 64 + left;
    const found = this.coverable.get(key);
    if (found !== undefined) return found;
    const lowest = open & -open;
    const can = this.widest.some((cover) => (cover & lowest) !== 0 && this.canCover(open & ~cover, left - 1));
    this.coverable.set(key, can);
    return can;
  }

  /** The best teams of exactly `left` members that close what is open, where fewer cannot. */
  best(open: number, left: number): Draft[] {
    const key = open * 64 + left;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const lowest = open & -open;
    const top: Draft[] = [];
    for (const { cover, members } of this.classes) {
      if ((cover & lowest) === 0) continue;
      const rest = open & ~cover;
      if (left === 1 ? rest !== 0 : !this.canCover(rest, left - 1)) continue;
      join(top, members, left === 1 ? NOBODY : this.best(rest, left - 1));
    }
    this.known.set(key, top);
    return top;
  }
}

const NOBODY: readonly Draft[] = [{ units: 0, members: [] }];

/** Puts each member together with each team of the rest, as long as that can still be among the best. */
function join(top: Draft[], members: readonly RankedCandidate[], rests: readonly Draft[]): void {
  for (const member of members)
    for (const [at, rest] of rests.entries()) {
      const bound = top.length < MOST_TEAMS ? null : top.at(-1);
      if (bound !== null && bound !== undefined && member.units + rest.units < bound.units) {
        if (at === 0) return;
        break;
      }
      const draft = withMember(rest, member);
      if (bound !== null && bound !== undefined && compareDrafts(draft, bound) >= 0) {
        if (at === 0) return;
        break;
      }
      place(top, draft);
    }
}

function withMember({ units, members }: Draft, member: RankedCandidate): Draft {
  let at = 0;
  while (at < members.length && (members[at] ?? 0) < member.rank) at += 1;
  return { units: units + member.units, members: members.toSpliced(at, 0, member.rank) };
}

/** Into its place of the sorted list, once; the list stays short. */
function place(top: Draft[], draft: Draft): void {
  let at = top.length;
  while (at > 0) {
    const before = top[at - 1];
    const order = before === undefined ? 1 : compareDrafts(draft, before);
    if (order === 0) return;
    if (order > 0) break;
    at -= 1;
  }
  top.splice(at, 0, draft);
  if (top.length > MOST_TEAMS) top.pop();
}

function named({ members, units }: Draft, ranked: readonly TeamCandidate[], goal: number): Team {
  const chosen = members.flatMap((rank) => ranked[rank] ?? []).sort(byScore);
  return {
    members: chosen.map(({ id }) => id),
    cover: chosen.reduce((union, { cover }) => union | cover, 0) & goal,
    units,
  };
}

/** The covers that lie inside no other, the widest first. */
export function widestCovers(covers: readonly number[]): number[] {
  const wide: number[] = [];
  for (const cover of [...covers].sort((a, b) => bits(b) - bits(a) || a - b))
    if (!wide.some((other) => (other & cover) === cover)) wide.push(cover);
  return wide;
}

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
