import type { Weights } from '#lib/domain/match/weights.ts';

/** Written by `npm run cli -- match fit --write`; not edited by hand. */
export const FITTED_WEIGHTS: Weights = {
  emphasis: { must: 2.5 },
  lines: { capability: 4, certificate: 1, country: 1, language: 0.5, size: 0.5, investment: 1 },
  context: { country: 0.6, reference: 1, investment: 0.5, text: 0.4, freshness: 0.1 },
  shares: { capability: 0.34, mineral: 0.26, capacity: 0.18, evidence: 0.18, recency: 0.04 },
};
