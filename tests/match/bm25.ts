/** The peer: Okapi BM25 over the words of a record, with the usual k1 = 1.2 and b = 0.75. */
export class Bm25 {
  private readonly documents: { id: string; counts: Map<string, number>; length: number }[];
  private readonly idf: Map<string, number>;
  private readonly average: number;

  constructor(texts: ReadonlyMap<string, string>) {
    this.documents = [...texts].map(([id, text]) => {
      const words = wordsOf(text);
      const counts = new Map<string, number>();
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      return { id, counts, length: words.length };
    });
    const n = this.documents.length;
    this.average = this.documents.reduce((sum, { length }) => sum + length, 0) / n;
    const seen = new Map<string, number>();
    for (const { counts } of this.documents)
      for (const word of counts.keys()) seen.set(word, (seen.get(word) ?? 0) + 1);
    this.idf = new Map([...seen].map(([word, df]) => [word, Math.log(1 + (n - df + 0.5) / (df + 0.5))]));
  }

  /** Ids with any word in common, best first. */
  rank(query: string): string[] {
    const words = new Set(wordsOf(query));
    const scored = this.documents.map(({ id, counts, length }) => {
      let score = 0;
      for (const word of words) {
        const count = counts.get(word) ?? 0;
        if (count > 0)
          score +=
            ((this.idf.get(word) ?? 0) * count * 2.2) /
            (count + 1.2 * (0.25 + (0.75 * length) / this.average));
      }
      return { id, score };
    });
    return scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }
}

/** Latin words, and Korean ones as pairs of syllables, which is how Korean is indexed without a dictionary. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFC').toLowerCase();
  const latin = plain.match(/[a-z0-9]+/gu) ?? [];
  const korean = (plain.match(/[가-힣]+/gu) ?? []).flatMap((run) =>
    run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2)),
  );
  return [...latin, ...korean];
}
