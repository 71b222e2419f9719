import type { MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';

/** The invented pair that `/about/matching` reckons before the reader's eyes. Days are relative to `today`. */

const inDays = (today: string, days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export function exampleOpportunity(today: string): MatchOpportunity {
  return {
    id: 'example-opportunity',
    publisherId: null,
    open: true,
    country: 'TZ',
    type: 'equipment',
    minerals: ['graphite'],
    requirements: [
      {
        id: 'q1',
        must: true,
        weight: 1,
        kind: 'capability',
        capability: 'graphite-flake-plant',
        minerals: ['graphite'],
        amount: 60_000,
        unit: 't/yr',
      },
      {
        id: 'q2',
        must: true,
        weight: 1,
        kind: 'certifications_any',
        certifications: ['iso-14001', 'iso-45001'],
        verifiedOnly: false,
      },
      { id: 'q3', must: false, weight: 1, kind: 'country_experience', countries: ['TZ'] },
      { id: 'q4', must: false, weight: 1, kind: 'language', language: 'en' },
    ],
    deadlineDay: inDays(today, 45),
    visibility: 'public',
    requiresVetted: true,
    invited: [],
    eligibleCountries: null,
    valueUsd: null,
    concepts: [],
    work: [],
  };
}

export function exampleCompany(today: string): MatchCompany {
  const year = Number(today.slice(0, 4));
  return {
    id: 'example-company',
    size: 'midsize',
    country: 'KR',
    status: 'vetted',
    vettedUntil: inDays(today, 300),
    screened: false,
    published: true,
    capabilities: [
      {
        id: 'k1',
        capability: 'graphite-flake-plant',
        minerals: ['graphite'],
        amount: 45_000,
        unit: 't/yr',
        year: year - 1,
        evidence: 'reference',
      },
      {
        id: 'k2',
        capability: 'froth-flotation',
        minerals: ['graphite'],
        amount: null,
        unit: null,
        year: null,
        evidence: 'document',
      },
    ],
    certifications: [{ id: 'iso-14001', validTo: inDays(today, 200), verified: true }],
    references: [
      {
        id: 'r1',
        country: 'MZ',
        minerals: ['graphite'],
        capability: 'graphite-flake-plant',
        year: year - 3,
        confirmed: true,
      },
    ],
    countries: [{ country: 'MZ', kind: 'project' }],
    languages: ['en', 'ko'],
    canInvest: false,
    updatedOn: inDays(today, -40),
    concepts: [],
    excludes: null,
  };
}
