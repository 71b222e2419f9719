import { byScore, MOST_TEAMS, type Team, type TeamSearch } from '#lib/domain/match/team.ts';

/**
 * The smallest teams for many lines, as integer programs. The same question as in `team.ts`, for which every
 * answer is checked against it in tests: first the least number of covers, then the best teams of that size, one
 * after another, each forbidden once it was found.
 */
export interface WideCandidate {
  id: string;
  /** Places of the lines covered, ascending. */
  lines: readonly number[];
  units: number;
}

/** What a solver makes of a program. */
export interface Solved {
  status: 'optimal' | 'infeasible' | 'unfinished';
  objective: number;
  /** Bound of the objective that the solver has proven. */
  bound: number;
  /** Names of the variables that are one. */
  chosen: string[];
}

/** Solves a program in CPLEX's LP format to optimality with gap 0, or says that it could not. */
export type Solve = (program: string) => Solved;

interface WideClass {
  lines: readonly number[];
  members: WideCandidate[];
}

/** Programs solved for the list of best teams: only very many teams of equal score need more. */
const MOST_PROGRAMS = 60;
/** Terms on a line: readers of the format take no endless lines. */
const TERMS = 8;

/**
 * Smallest teams of at most `mostMembers` members, by the solver. `goal` and `cover` of the answer count lines,
 * they are no bits.
 * @param hasTime asked before each program of the list; the size itself is always proven
 */
export function teamsByProgram(
  candidates: readonly WideCandidate[],
  mostMembers: number,
  solve: Solve,
  hasTime: () => boolean = () => true,
): TeamSearch {
  const classes = foldByLines(candidates);
  const goal = [...new Set(classes.flatMap(({ lines }) => lines))].sort((a, b) => a - b);
  const counted = { candidates: candidates.length, classes: classes.length, method: 'milp' as const };
  if (goal.length === 0)
    return {
      teams: [],
      goal: 0,
      complete: true,
      provenMinimal: true,
      proof: { ...counted, ruledOut: 0, lowerBound: 0, gap: 0 },
    };
  const least = solve(leastProgram(classes, goal));
  const bound = Math.max(1, Math.ceil(least.bound - 1e-6));
  if (least.status !== 'optimal')
    return {
      teams: [],
      goal: goal.length,
      complete: false,
      provenMinimal: false,
      proof: { ...counted, ruledOut: bound - 1, lowerBound: bound, gap: null },
    };
  const size = Math.round(least.objective);
  const found =
    size > mostMembers ? { teams: [], complete: true } : bestTeams(classes, goal, size, solve, hasTime);
  const ruledOut = Math.min(size - 1, mostMembers);
  return {
    ...found,
    goal: goal.length,
    provenMinimal: true,
    proof: { ...counted, ruledOut, lowerBound: size, gap: size > mostMembers ? null : 0 },
  };
}

function foldByLines(candidates: readonly WideCandidate[]): WideClass[] {
  const byLines = Map.groupBy(
    candidates.filter(({ lines }) => lines.length > 0),
    ({ lines }) => lines.join(' '),
  );
  return [...byLines.values()].map((group) => ({
    lines: group[0]?.lines ?? [],
    members: group.sort(byScore).slice(0, MOST_TEAMS),
  }));
}

const variable = (at: number): string => `y${at}`;

/** The least number of classes that cover every line. */
function leastProgram(classes: readonly WideClass[], goal: readonly number[]): string {
  const widest = classes.flatMap((one, at) => (isWithinAnother(one, classes) ? [] : at));
  return program(
    'Minimize',
    widest.map((at) => variable(at)),
    coverRows(classes, goal, widest),
    widest,
  );
}

function isWithinAnother({ lines }: WideClass, classes: readonly WideClass[]): boolean {
  return classes.some(
    (other) => other.lines.length > lines.length && lines.every((line) => other.lines.includes(line)),
  );
}

/** The best teams of a size: classes by the solver, members of each class by hand. */
function bestTeams(
  classes: readonly WideClass[],
  goal: readonly number[],
  size: number,
  solve: Solve,
  hasTime: () => boolean,
): { teams: Team[]; complete: boolean } {
  const all = classes.map((_, at) => at);
  const objective = classes.map(({ members }, at) => `${members[0]?.units ?? 0} ${variable(at)}`);
  const rows = coverRows(classes, goal, all);
  rows.push(`${sum(all.map(variable))} = ${size}`);
  const teams: Team[] = [];
  for (let solved = 0; solved < MOST_PROGRAMS && (solved === 0 || hasTime()); solved += 1) {
    const answer = solve(program('Maximize', objective, rows, all));
    const last = teams.length < MOST_TEAMS ? null : teams.at(-1);
    if (answer.status === 'unfinished') break;
    if (answer.status === 'infeasible' || (last && Math.round(answer.objective) < last.units))
      return { teams, complete: true };
    const chosen = answer.chosen.map((name) => Number(name.slice(1)));
    teams.push(...membersOf(chosen.flatMap((at) => classes[at] ?? [])));
    teams.sort(compareTeams);
    teams.splice(MOST_TEAMS);
    rows.push(`${sum(chosen.map(variable))} <= ${size - 1}`);
  }
  return { teams, complete: false };
}

/** The best teams that take one member of each class. */
function membersOf(classes: readonly WideClass[]): Team[] {
  let drafts: WideCandidate[][] = [[]];
  for (const { members } of classes)
    drafts = drafts
      .flatMap((draft) => members.map((member) => [...draft, member]))
      .sort((a, b) => compareTeams(teamOf(a), teamOf(b)))
      .slice(0, MOST_TEAMS);
  return drafts.map(teamOf);
}

function teamOf(members: readonly WideCandidate[]): Team {
  return {
    members: members.toSorted(byScore).map(({ id }) => id),
    cover: new Set(members.flatMap(({ lines }) => lines)).size,
    units: members.reduce((sum, { units }) => sum + units, 0),
  };
}

/** Most points first, equal teams by their sorted ids. */
function compareTeams(a: Team, b: Team): number {
  if (a.units !== b.units) return b.units - a.units;
  const [one, other] = [a.members.toSorted().join('\n'), b.members.toSorted().join('\n')];
  return one < other ? -1 : one > other ? 1 : 0;
}

function coverRows(
  classes: readonly WideClass[],
  goal: readonly number[],
  usable: readonly number[],
): string[] {
  return goal.map((line) => {
    const covering = usable.filter((at) => classes[at]?.lines.includes(line));
    return `${sum(covering.map(variable))} >= 1`;
  });
}

function sum(terms: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < terms.length; at += TERMS) lines.push(terms.slice(at, at + TERMS).join(' + '));
  return lines.join('\n + ');
}

function program(
  sense: 'Minimize' | 'Maximize',
  objective: readonly string[],
  rows: readonly string[],
  usable: readonly number[],
): string {
  return [
    sense,
    ` obj: ${sum(objective)}`,
    'Subject To',
    ...rows.map((row, at) => ` r${at}: ${row}`),
    'Binary',
    ...usable.map((at) => ` ${variable(at)}`),
    'End',
    '',
  ].join('\n');
}
