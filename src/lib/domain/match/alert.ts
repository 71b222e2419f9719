/** Which side of a pair a person is told for: the company, or the publisher of the notice. */
export const MATCH_SIDES = ['company', 'lead'] as const;
export type MatchSide = (typeof MATCH_SIDES)[number];
