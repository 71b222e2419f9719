/** How a company stands to one requirement line: everything asked is there, some of it, or nothing. */
export type LineState = 'met' | 'partly' | 'missing';

/** Points of a line as the explanation of a match gives them, several parts to a line. */
export interface LinePoints {
  requirement: string | null;
  points: number;
  max: number;
}

/**
 * The state of each line from the points it got. Nine tenths count as met: the last points reward what nobody
 * asked for, such as headroom or an audit.
 */
export function lineStates(
  parts: readonly LinePoints[],
  blocked: ReadonlySet<string>,
): Map<string, LineState> {
  const sums = new Map<string, { points: number; max: number }>();
  for (const { requirement, points, max } of parts) {
    if (requirement === null) continue;
    const sum = sums.get(requirement) ?? { points: 0, max: 0 };
    sums.set(requirement, { points: sum.points + points, max: sum.max + max });
  }
  return new Map(
    [...sums].map(([line, { points, max }]): [string, LineState] => {
      if (points <= 0 || blocked.has(line)) return [line, points > 0 ? 'partly' : 'missing'];
      return [line, points >= max * 0.9 ? 'met' : 'partly'];
    }),
  );
}
