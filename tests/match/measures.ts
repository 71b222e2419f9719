/** Measures of a ranking against grades 0–3. */

export function ndcg(ranked: readonly string[], grades: ReadonlyMap<string, number>, at: number): number {
  const gain = (grade: number): number => 2 ** grade - 1;
  const discounted = (list: readonly number[]): number =>
    list.slice(0, at).reduce((sum, grade, index) => sum + gain(grade) / Math.log2(index + 2), 0);
  const ideal = discounted([...grades.values()].sort((a, b) => b - a));
  return ideal === 0 ? 1 : discounted(ranked.map((id) => grades.get(id) ?? 0)) / ideal;
}

/** Share of those graded 1 or better that are among the first. */
export function recall(ranked: readonly string[], grades: ReadonlyMap<string, number>, at: number): number {
  const wanted = [...grades].filter(([, grade]) => grade > 0).map(([id]) => id);
  const top = new Set(ranked.slice(0, at));
  return wanted.length === 0 ? 1 : wanted.filter((id) => top.has(id)).length / wanted.length;
}

/** Share of the first that are graded 2 or better, of as many as there are. */
export function precision(
  ranked: readonly string[],
  grades: ReadonlyMap<string, number>,
  at: number,
): number {
  const good = [...grades.values()].filter((grade) => grade >= 2).length;
  const possible = Math.min(at, good);
  if (possible === 0) return 1;
  return ranked.slice(0, at).filter((id) => (grades.get(id) ?? 0) >= 2).length / possible;
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Mean with its 95 % interval, by drawing needs again 2,000 times; the same draw every time. */
export function bootstrap(values: readonly number[]): { mean: number; low: number; high: number } {
  let seed = 20261123;
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const means = Array.from({ length: 2000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  return { mean: mean(values), low: means[50] ?? 0, high: means[1949] ?? 0 };
}
