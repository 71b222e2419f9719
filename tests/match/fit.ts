import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL, type MatchModel } from '#lib/domain/match/model.ts';
import { PRIOR_WEIGHTS, type Weights } from '#lib/domain/match/weights.ts';
import { prepare, rankings, type Prepared } from './judge.ts';
import { bootstrap, mean, ndcg } from './measures.ts';
import { readDevelopment } from './read-development.ts';
import { readWorld } from './world.ts';

/**
 * What `match fit [--write]` does: sets the weights of the model on the development set.
 *
 * Coordinate search from the prior (what a buyer of the field would say), each step a factor on one weight,
 * taken only when mean NDCG@10 gains more than the step costs: every doubling or halving away from the prior
 * costs `PRICE`. So a weight moves only where the grades clearly ask for it. Five-fold cross-validation over
 * needs says what the search is worth on needs it has not seen; the weights written are those of all needs.
 */

const PRICE = 0.0012;
const STEPS = [0.5, 0.71, 1.41, 2];
const FOLDS = 5;
const ROUNDS = 4;

type Path = [keyof Weights, string];

const PATHS: Path[] = (Object.keys(PRIOR_WEIGHTS) as (keyof Weights)[]).flatMap((group) =>
  Object.keys(PRIOR_WEIGHTS[group]).map((name): Path => [group, name]),
);

const get = (weights: Weights, [group, name]: Path): number =>
  (weights[group] as Record<string, number>)[name] ?? 0;

function changed(weights: Weights, [group, name]: Path, value: number): Weights {
  return { ...weights, [group]: { ...weights[group], [name]: value } };
}

const modelOf = (weights: Weights): MatchModel => ({ ...MODEL, ...weights, must: weights.emphasis.must });

function cost(weights: Weights): number {
  return PATHS.reduce((sum, path) => {
    const prior = get(PRIOR_WEIGHTS, path);
    return prior === 0 ? sum : sum + PRICE * Math.abs(Math.log2(get(weights, path) / prior));
  }, 0);
}

function quality(prepared: Prepared, weights: Weights, needs: ReadonlySet<string>): number {
  const ranked = rankings(prepared, modelOf(weights), needs);
  return mean(
    [...needs].map((id) => ndcg(ranked.get(id) ?? [], prepared.set.grades.get(id) ?? new Map(), 10)),
  );
}

function search(prepared: Prepared, needs: ReadonlySet<string>): Weights {
  let weights = PRIOR_WEIGHTS;
  let value = quality(prepared, weights, needs);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = value;
    for (const path of PATHS)
      for (const step of STEPS) {
        const other = changed(weights, path, Number((get(weights, path) * step).toPrecision(3)));
        const gained = quality(prepared, other, needs) - cost(other);
        if (gained <= value + 1e-9) continue;
        weights = other;
        value = gained;
      }
    if (value <= before + 1e-9) break;
  }
  return weights;
}

/** @returns false when it was called off between two folds; nothing is saved then. */
export function fit(write: (line: string) => void, save: boolean, signal: AbortSignal): boolean {
  const prepared = prepare(readDevelopment(), readWorld());
  const ids = [...prepared.set.grades.keys()];
  const unseen: number[] = [];
  const prior: number[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    if (signal.aborted) return false;
    const train = new Set(ids.filter((_, index) => index % FOLDS !== fold));
    const weights = search(prepared, train);
    for (const id of ids.filter((_, index) => index % FOLDS === fold)) {
      unseen.push(quality(prepared, weights, new Set([id])));
      prior.push(quality(prepared, PRIOR_WEIGHTS, new Set([id])));
    }
    write(`fold ${fold + 1} of ${FOLDS} done`);
  }
  const show = (values: number[]): string => {
    const { mean: middle, low, high } = bootstrap(values);
    return `${middle.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
  };
  write(`NDCG@10 on unseen needs: fitted ${show(unseen)}, prior ${show(prior)}`);
  // weights that do not help where they were not fitted are not taken
  const weights = mean(unseen) >= mean(prior) ? search(prepared, new Set(ids)) : PRIOR_WEIGHTS;
  write(`all needs: ${quality(prepared, weights, new Set(ids)).toFixed(4)}`);
  for (const path of PATHS)
    if (get(weights, path) !== get(PRIOR_WEIGHTS, path))
      write(`${path.join('.')}: ${get(PRIOR_WEIGHTS, path)} → ${get(weights, path)}`);
  if (save) writeFileSync(WEIGHTS_FILE, fileOf(weights));
  return true;
}

const WEIGHTS_FILE = join(import.meta.dirname, '../../src/lib/domain/match/fitted-weights.ts');

function fileOf(weights: Weights): string {
  const body = Object.entries(weights)
    .map(([group, values]) => {
      const entries = Object.entries(values).map(([name, value]) => `${name}: ${value}`);
      return `  ${group}: { ${entries.join(', ')} },`;
    })
    .join('\n');
  return `import type { Weights } from '#lib/domain/match/weights.ts';

/** Written by \`npm run cli -- match fit --write\`; not edited by hand. */
export const FITTED_WEIGHTS: Weights = {
${body}
};
`;
}
