import { MODEL } from '#lib/domain/match/model.ts';
import { bm25Rankings, prepare, rankings, type Rankings } from './judge.ts';
import { bootstrap, ndcg, precision, recall } from './measures.ts';
import { readDevelopment, type Development } from './read-development.ts';
import { readWorld } from './world.ts';

/** What `match eval [--each]` prints: quality of the model in use on the development set, beside BM25. */

export interface Measured {
  name: string;
  ndcg10: ReturnType<typeof bootstrap>;
  recall50: ReturnType<typeof bootstrap>;
  precision5: ReturnType<typeof bootstrap>;
}

export function measure(name: string, ranked: Rankings, { grades }: Development): Measured {
  const of = (value: (list: string[], known: ReadonlyMap<string, number>) => number) =>
    bootstrap([...grades].map(([id, known]) => value(ranked.get(id) ?? [], known)));
  return {
    name,
    ndcg10: of((list, known) => ndcg(list, known, 10)),
    recall50: of((list, known) => recall(list, known, 50)),
    precision5: of((list, known) => precision(list, known, 5)),
  };
}

/** Share of small and medium-sized companies among the first ten, and among those graded 2 or better. */
export function smeShare(
  ranked: Rankings,
  { companies, grades }: Development,
): { shown: number; relevant: number } {
  const small = new Set(companies.filter(({ size }) => size === 'sme').map(({ id }) => id));
  const share = (ids: string[]): number => ids.filter((id) => small.has(id)).length / Math.max(1, ids.length);
  return {
    shown: share([...ranked.values()].flatMap((list) => list.slice(0, 10))),
    relevant: share(
      [...grades.values()].flatMap((known) => [...known].filter(([, g]) => g >= 2).map(([id]) => id)),
    ),
  };
}

export function evaluate(write: (line: string) => void, each: boolean): void {
  const set = readDevelopment();
  const prepared = prepare(set, readWorld());
  const ours = rankings(prepared, MODEL);
  const peer = bm25Rankings(prepared);
  write(`${set.companies.length} companies, ${set.opportunities.length} needs`);
  for (const result of [measure(`model ${MODEL.id}`, ours, set), measure('BM25', peer, set)]) {
    const show = ({ mean, low, high }: ReturnType<typeof bootstrap>): string =>
      `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
    write(
      `${result.name.padEnd(14)} NDCG@10 ${show(result.ndcg10)}  recall@50 ${show(result.recall50)}  precision@5 ${show(result.precision5)}`,
    );
  }
  const { shown, relevant } = smeShare(ours, set);
  write(
    `SMEs: ${(shown * 100).toFixed(0)} % of the first ten, ${(relevant * 100).toFixed(0)} % of what is relevant`,
  );
  if (!each) return;
  for (const [id, known] of set.grades) {
    const list = (ours.get(id) ?? []).slice(0, 10).map((one) => `${one}:${known.get(one) ?? '-'}`);
    write(`${id} ${ndcg(ours.get(id) ?? [], known, 10).toFixed(3)} ${list.join(' ')}`);
  }
}
