/** What `WhyPanel` shows of a match; the matching engine's answer in words. Points are shares of one. */
export interface WhyPart {
  name: string;
  label: string;
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
