import type { CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';
import { FITTED_WEIGHTS } from '#lib/domain/match/fitted-weights.ts';
import type { Weights } from '#lib/domain/match/weights.ts';

/**
 * The model: every number the score depends on, under one id that is stored with each result.
 * Weights are relative; per opportunity they are scaled so that the greatest possible score is one.
 */
export interface MatchModel extends Omit<Weights, 'emphasis'> {
  id: string;
  /** How much more a must line weighs than a should line. */
  must: number;
  /** Worth of a capability of the same stage that no relation names; never enough for a must line. */
  stageDegree: number;
  mineral: {
    /** Worth of a row that names no mineral where one is asked. */
    unstated: number;
    /** Share of capacity, evidence and recency that is kept when the mineral is wholly another. */
    kept: number;
    /** Where the line names no mineral, the opportunity's own minerals count this much. */
    context: number;
    /** In stages of services the minerals a line names count this much: who drills for coal drills for copper. */
    service: number;
    serviceStages: readonly string[];
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

const MODEL_2026_11: MatchModel = {
  id: '2026-11',
  must: FITTED_WEIGHTS.emphasis.must,
  lines: FITTED_WEIGHTS.lines,
  context: FITTED_WEIGHTS.context,
  shares: FITTED_WEIGHTS.shares,
  stageDegree: 0.12,
  mineral: {
    ...{ unstated: 0.45, kept: 0.35, context: 0.3, best: 0.5 },
    service: 0.7,
    // trade and finance are not among them: metals have buyers of their own
    serviceStages: [
      ...['exploration', 'mining', 'infrastructure-energy-water', 'logistics'],
      ...['esg-community-closure', 'digital-equipment'],
    ],
  },
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
