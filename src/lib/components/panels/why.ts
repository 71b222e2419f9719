/** What `WhyPanel` shows of a match; the matching engine's answer in words. Points are shares of one. */
export interface WhyPart {
  name: string;
  label: string;
  /** The requirement line it belongs to, and what that asks for; parts of one line are shown as one. */
  line?: { id: string; asked: string } | undefined;
  /** Reached, 0 to `max`. */
  points: number;
  max: number;
  /** Why, in one or two sentences. */
  sentence: string;
  /** The row it rests on. */
  evidence?: { href: string | null; text: string } | undefined;
}

export interface WhyGate {
  rule: string;
  passed: boolean;
  sentence: string;
  href?: string | null | undefined;
}

export interface WhyRaise {
  /** What to do, in words. */
  text: string;
  points: number;
  href: string | null;
}

/** What is shown as one bar: the parts of a requirement line together, or a part that no line asks for. */
export interface WhyGroup {
  label: string;
  points: number;
  max: number;
  parts: WhyPart[];
}

/** Parts of the same line in one group, in the order in which the lines come. */
export function groupParts(parts: readonly WhyPart[]): WhyGroup[] {
  const groups = new Map<string, WhyPart[]>();
  parts.forEach((part, index) => {
    const key = part.line ? `line:${part.line.id}` : `part:${index}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  });
  return [...groups.values()].map((members) => ({
    label: members[0]?.line?.asked ?? members[0]?.label ?? '',
    points: members.reduce((sum, { points }) => sum + points, 0),
    max: members.reduce((sum, { max }) => sum + max, 0),
    parts: members,
  }));
}
