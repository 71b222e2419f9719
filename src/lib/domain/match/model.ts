import type { CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';

/**
 * The model: every number the score depends on, under one id that is stored with each result.
 * Weights are relative; per opportunity they are scaled so that the greatest possible score is one.
 */
export interface MatchModel {
  id: string;
  /** How much more a must line weighs than a should line. */
  must: number;
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
  /** Worth of a capability of the same stage that no relation names; never enough for a must line. */
  stageDegree: number;
  mineral: {
    /** Worth of a row that names no mineral where one is asked. */
    unstated: number;
    /** Share of capacity, evidence and recency that is kept when the mineral is wholly another. */
    kept: number;
    /** Where the line names no mineral, the opportunity's own minerals count this much. */
    context: number;
    /** Several minerals asked: share of the best one in the mean of best and average. */
    best: number;
  };
  evidence: Record<EvidenceLevel, number>;
  capacity: {
    /** Worth of exactly what is asked; the rest is for headroom. */
    exact: number;
    /** Multiple of the need from which on headroom is full. */
    headroom: number;
  };
  /** Years until a figure begins to age, and until it is worth nothing. */
  age: { fresh: number; stale: number };
  certificate: { verified: number; unverified: number };
  country: {
    same: number;
    subregion: number;
    framework: number;
    region: number;
    kinds: Record<CountryExperienceKind, number>;
    /** A reference project in the country, confirmed by the client or only stated. */
    confirmedReference: number;
    statedReference: number;
  };
  reference: {
    confirmed: number;
    stated: number;
    /** Worth when done elsewhere than the opportunity's country. */
    elsewhere: number;
    /** Worth of the right mineral when no capability is named. */
    unnamed: number;
  };
  /** Terms in common from which on the text agreement is full. */
  textTerms: number;
}

/** Points are counted in this many units of one: sums of parts are exact in binary and in decimal. */
export const UNITS = 16384;

export const MODEL_2026_11: MatchModel = {
  id: '2026-11',
  must: 2,
  lines: { capability: 4, certificate: 1, country: 1, language: 0.5, size: 0.5, investment: 1 },
  context: { country: 0.6, reference: 1, investment: 0.5, text: 0.4, freshness: 0.1 },
  shares: { capability: 0.34, mineral: 0.26, capacity: 0.18, evidence: 0.18, recency: 0.04 },
  stageDegree: 0.12,
  mineral: { unstated: 0.45, kept: 0.35, context: 0.5, best: 0.5 },
  evidence: { audited: 1, reference: 0.8, document: 0.55, claimed: 0.2 },
  capacity: { exact: 0.9, headroom: 1.25 },
  age: { fresh: 2, stale: 10 },
  certificate: { verified: 1, unverified: 0.7 },
  country: {
    same: 1,
    subregion: 0.35,
    framework: 0.3,
    region: 0.2,
    kinds: { office: 1, jv: 1, project: 0.95, export: 0.75 },
    confirmedReference: 0.95,
    statedReference: 0.65,
  },
  reference: { confirmed: 1, stated: 0.6, elsewhere: 0.8, unnamed: 0.35 },
  textTerms: 3,
};

/** The model in use. */
export const MODEL: MatchModel = MODEL_2026_11;
