/** Minerals that the statistics and many projects name only as a group, by the group's id. */
const MEMBERS: Record<string, readonly string[]> = {
  'rare-earths': [
    'neodymium',
    'praseodymium',
    'dysprosium',
    'terbium',
    'cerium',
    'lanthanum',
    'samarium',
    'gadolinium',
    'yttrium',
    'scandium',
  ],
  'platinum-group': ['platinum', 'palladium', 'rhodium'],
};

/** Korea's strategic ten in the order in which the government names them. */
const STRATEGIC = [
  'lithium',
  'nickel',
  'cobalt',
  'manganese',
  'graphite',
  'neodymium',
  'dysprosium',
  'terbium',
  'cerium',
  'lanthanum',
];

/** Place among the strategic ten, from 0; behind them for every other mineral. */
export function strategicRank(mineral: string): number {
  const rank = STRATEGIC.indexOf(mineral);
  return rank === -1 ? STRATEGIC.length : rank;
}

/** The group a mineral belongs to; null for one that stands alone. */
export function groupOf(mineral: string): string | null {
  return Object.keys(MEMBERS).find((group) => MEMBERS[group]?.includes(mineral)) ?? null;
}

/** The minerals of a group; none for a mineral that is not a group. */
export function membersOf(group: string): readonly string[] {
  return MEMBERS[group] ?? [];
}
