/** How many there are of each, and whether one thing was counted under several. */
export interface OverlappingCounts<K extends string> {
  /** Things counted, each once. */
  total: number;
  counts: Record<K, number>;
  /** What the counts add up to; more than `total` when some have several. */
  sum: number;
  overlap: boolean;
}

/**
 * Counts things under each of their labels. A project has many stages and many minerals, so these counts may add
 * up to more than the number of projects and are never to be added up to a total (DOMAIN 1.4).
 */
export function countOverlapping<K extends string, T>(
  things: readonly T[],
  labelsOf: (thing: T) => readonly K[],
): OverlappingCounts<K> {
  const counts: Partial<Record<K, number>> = {};
  let sum = 0;
  for (const thing of things) {
    for (const label of new Set(labelsOf(thing))) {
      counts[label] = (counts[label] ?? 0) + 1;
      sum += 1;
    }
  }
  return { total: things.length, counts: counts as Record<K, number>, sum, overlap: sum > things.length };
}
