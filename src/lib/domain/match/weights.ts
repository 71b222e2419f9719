/** The weights that are fitted on graded pairs; all else in the model is set by its meaning. */
export interface Weights {
  emphasis: {
    /** How much more a must line weighs than a should line. */
    must: number;
  };
  /** Weight of a requirement line by kind, before `must` and the publisher's own weight. */
  lines: {
    capability: number;
    certificate: number;
    country: number;
    language: number;
    size: number;
    investment: number;
  };
  /** Weight of what no line asks for but a buyer looks at. */
  context: {
    country: number;
    reference: number;
    investment: number;
    text: number;
    freshness: number;
  };
  /** How a capability line's points are shared out; the shares of what is not asked go to the others. */
  shares: {
    capability: number;
    mineral: number;
    capacity: number;
    evidence: number;
    recency: number;
  };
}

/** Where fitting starts, and what it returns to where the grades do not speak clearly. */
export const PRIOR_WEIGHTS: Weights = {
  emphasis: { must: 2.5 },
  lines: { capability: 4, certificate: 1, country: 1, language: 0.5, size: 0.5, investment: 1 },
  context: { country: 0.6, reference: 1, investment: 0.5, text: 0.4, freshness: 0.1 },
  shares: { capability: 0.34, mineral: 0.26, capacity: 0.18, evidence: 0.18, recency: 0.04 },
};
