/** How a company stands to one requirement line: everything asked is there, some of it, or nothing. */
export type LineStanding = 'met' | 'partly' | 'missing';

export interface LineState {
  standing: LineStanding;
  /** Names of the rows it rests on. */
  rests: string[];
}

/** Points of a line as the explanation of a match gives them, several parts to a line. */
export interface LinePoints {
  requirement: string | null;
  points: number;
  max: number;
  evidence: { text: string } | null;
}

/**
 * The state of each line from the points it got. Nine tenths count as met: the last points reward what nobody
 * asked for, such as headroom or an audit.
 */
export function lineStates(
  parts: readonly LinePoints[],
  blocked: ReadonlySet<string>,
): Map<string, LineState> {
  const sums = new Map<string, { points: number; max: number; rests: Set<string> }>();
  for (const { requirement, points, max, evidence } of parts) {
    if (requirement === null) continue;
    const sum = sums.get(requirement) ?? { points: 0, max: 0, rests: new Set<string>() };
    if (points > 0 && evidence !== null) sum.rests.add(evidence.text);
    sums.set(requirement, { ...sum, points: sum.points + points, max: sum.max + max });
  }
  return new Map(
    [...sums].map(([line, { points, max, rests }]) => [
      line,
      { standing: standingOf(points, max, blocked.has(line)), rests: [...rests] },
    ]),
  );
}

function standingOf(points: number, max: number, blocked: boolean): LineStanding {
  if (points <= 0) return 'missing';
  return !blocked && points >= max * 0.9 ? 'met' : 'partly';
}

/** Must lines that shut the company out. */
export function blockedLines(gates: readonly { passed: boolean; requirement: string | null }[]): Set<string> {
  return new Set(
    gates.flatMap((gate) => (!gate.passed && gate.requirement !== null ? [gate.requirement] : [])),
  );
}
