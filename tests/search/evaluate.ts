import { readFileSync } from 'node:fs';
import { corpus, type Truth } from './corpus.ts';
import { numbered, type JudgedQuery } from './judge.ts';
import { QUERIES } from './queries.ts';
import { companyDocument, type SearchDocument } from '#lib/domain/search/document.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import type { SearchEngine } from '#lib/server/search/port.ts';

export interface QueryScore {
  readonly kind: string;
  readonly q: string;
  readonly ndcg: number;
  readonly recall: number;
  /** Ids found, in order, with their grades. */
  readonly found: readonly { id: string; grade: number }[];
}

export interface ClassScore {
  readonly kind: string;
  readonly queries: number;
  readonly ndcg: number;
  readonly recall: number;
}

const DEPTH = 10;

const gain = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);

/** NDCG@10 and recall@10 of one list. A query that nobody answers scores 1 when nothing is found, else 0. */
export function score(grades: readonly number[], all: readonly number[]): { ndcg: number; recall: number } {
  const ideal = [...all].filter((g) => g > 0).sort((a, b) => b - a);
  if (ideal.length === 0) return grades.length === 0 ? { ndcg: 1, recall: 1 } : { ndcg: 0, recall: 0 };
  const top = grades.slice(0, DEPTH);
  const hits = top.filter((g) => g > 0).length;
  return { ndcg: gain(top) / gain(ideal.slice(0, DEPTH)), recall: hits / Math.min(DEPTH, ideal.length) };
}

/** Leaf → stage of the capability taxonomy. */
function stages(): Map<string, string> {
  const lines = readFileSync('data/capability_taxonomy.csv', 'utf8').split(/\r?\n/).slice(1);
  return new Map(lines.map((line) => line.split(',')).map(([stage = '', leaf = '']) => [leaf, stage]));
}

/** The documents of the evaluation corpus. */
export function evaluationDocuments(): { truths: Truth[]; documents: SearchDocument[] } {
  const truths = corpus(stages());
  return { truths, documents: truths.map((t) => companyDocument(lexicon(), t.row)) };
}

/** Queries by registry number, as people write them. */
function byNumber(truths: readonly Truth[]): JudgedQuery[] {
  return [4, 77, 230].flatMap((place, i): JudgedQuery[] => {
    const truth = truths[place];
    const brn = truth?.row.brn ?? '';
    const parts = [brn.slice(0, 3), brn.slice(3, 5), brn.slice(5)];
    const written = [brn, parts.join('-'), parts.join(' '), `사업자등록번호 ${parts.join('-')}`];
    return written.slice(0, i + 2).map((q) => ({ kind: 'identifier', q, judge: numbered(truth?.id ?? '') }));
  });
}

/** Asks every judged query. The engine must hold the evaluation documents and nothing else. */
export async function evaluate(engine: SearchEngine, truths: readonly Truth[]): Promise<QueryScore[]> {
  const out: QueryScore[] = [];
  for (const { kind, q, judge } of [...QUERIES, ...byNumber(truths)]) {
    const grades = new Map(truths.map((t) => [t.id, judge(t)]));
    const result = await engine.query({ kind: 'company', q, audience: { kind: 'public' }, limit: DEPTH });
    const found = result.hits.map((h) => ({ id: h.id, grade: grades.get(h.id) ?? 0 }));
    const scored = score(
      found.map((f) => f.grade),
      [...grades.values()],
    );
    out.push({ kind, q, ...scored, found });
  }
  return out;
}

/** Means by class, and over all queries as the class `all`. */
export function byClass(scores: readonly QueryScore[]): ClassScore[] {
  const kinds = [...new Set(scores.map((s) => s.kind))];
  const mean = (of: readonly QueryScore[], what: 'ndcg' | 'recall') =>
    of.reduce((n, s) => n + s[what], 0) / of.length;
  const line = (kind: string, of: readonly QueryScore[]): ClassScore => ({
    ...{ kind, queries: of.length, ndcg: mean(of, 'ndcg'), recall: mean(of, 'recall') },
  });
  return [
    ...kinds.map((kind) =>
      line(
        kind,
        scores.filter((s) => s.kind === kind),
      ),
    ),
    line('all', scores),
  ];
}
