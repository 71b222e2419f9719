import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesGates } from '#lib/domain/match/gates.ts';
import { prepareNeed, type Need } from '#lib/domain/match/need.ts';
import { scorePair, type Match, type Part } from '#lib/domain/match/score.ts';
import type { MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';
import { BASIS, LEAVES, matchCompany, matchOpportunity, TODAY } from '#lib/domain/match/worlds.fixture.ts';
import { MatchEngine } from '#lib/server/match/engine.ts';

/*
 * The engine against the slow and obvious way: every company by itself, by the rules alone. Nothing of the engine is
 * used in the reference: it reads the domain's reckoning of one pair at a time, sorts, and cuts.
 */

const companies = fc.uniqueArray(matchCompany, { maxLength: 25, selector: ({ id }) => id });

interface Listed {
  id: string;
  units: number;
  parts: ReturnType<typeof plain>[];
}

function referenceList(need: Need, all: readonly MatchCompany[], limit: number): Listed[] {
  const listed: Listed[] = [];
  for (const company of all) {
    const match = scorePair(need, company);
    if (!passesGates(match.gates)) continue;
    if (!hasSomethingAsked(match)) continue;
    listed.push({ id: company.id, units: match.units, parts: match.parts.map(plain) });
  }
  listed.sort((a, b) => {
    if (a.units !== b.units) return b.units - a.units;
    return a.id < b.id ? -1 : 1;
  });
  return listed.slice(0, limit);
}

/** Where capabilities or minerals are asked, a company without any point there is not listed. */
function hasSomethingAsked({ parts }: Match): boolean {
  const asked = parts.filter(({ slot }) => slot.kind === 'capability' && slot.max > 0);
  if (asked.length === 0) return true;
  return asked.some(({ units }) => units > 0);
}

function plain({ name, requirement, units, maxUnits, source, best, reading }: Part) {
  return { name, requirement, units, maxUnits, source, best, reading };
}

function engineList(need: Need, engine: MatchEngine, limit: number): Listed[] {
  return engine
    .companiesFor(need, { limit })
    .hits.map((hit) => ({ id: hit.id, units: hit.units, parts: hit.parts().map(plain) }));
}

/** Companies of the longest list out of a crowd: some of them are good at one thing only. */
const MOST = 120;

const indexed = (list: readonly MatchCompany[]) => list.map((company) => ({ company, demo: false }));

describe('the engine against the slow reference', () => {
  it('lists the same companies in the same order with the same parts, in thousands of worlds', () => {
    fc.assert(
      fc.property(companies, matchOpportunity, fc.integer({ min: 1, max: 12 }), (all, opportunity, limit) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(all));
        const need = prepareNeed(opportunity, BASIS, TODAY);
        expect(engineList(need, engine, limit)).toEqual(referenceList(need, all, limit));
      }),
      { numRuns: 3000 },
    );
  });

  it('does so too when companies stand in several segments, some of them replaced or gone', () => {
    fc.assert(
      fc.property(companies, companies, companies, matchOpportunity, (first, second, third, opportunity) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(first));
        engine.updateCompanies(indexed(second));
        const gone = first.slice(0, 2).map(({ id }) => id);
        const last = third.filter(({ id }) => !gone.includes(id));
        engine.updateCompanies(indexed(last), gone);
        const there = new Map([...first, ...second].map((company) => [company.id, company]));
        for (const id of gone) there.delete(id);
        for (const company of last) there.set(company.id, company);
        const need = prepareNeed(opportunity, BASIS, TODAY);
        expect(engineList(need, engine, 10)).toEqual(referenceList(need, [...there.values()], 10));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps nothing of one need for another: many opportunities, one index', () => {
    const opportunities = fc.array(matchOpportunity, { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(companies, opportunities, (all, asked) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(all));
        for (const opportunity of [...asked, ...asked]) {
          const need = prepareNeed(opportunity, BASIS, TODAY);
          expect(engineList(need, engine, 8)).toEqual(referenceList(need, all, 8));
        }
      }),
      { numRuns: 250 },
    );
  });

  describe('where many pass and few are read', () => {
    // enough companies that rows are read leaf by leaf, and long lists of them are narrowed beforehand
    const all = fc.sample(matchCompany, { numRuns: 3000, seed: 20_261_125 });
    const crowd = [...new Map(all.map((company) => [company.id, company])).values()];
    const engine = new MatchEngine(BASIS);
    engine.replaceCompanies(indexed(crowd));
    const opportunities = fc.sample(matchOpportunity, { numRuns: LEAVES.length * 2, seed: 7 });

    it.each(Object.keys(WEIGHTS))('leaves nobody out: %s', (name) => {
      const weights = WEIGHTS[name];
      for (const [index, opportunity] of opportunities.entries()) {
        const asked = weights === undefined ? opportunity : weighing(opportunity, index, weights);
        const need = prepareNeed(asked, BASIS, TODAY);
        const expected = referenceList(need, crowd, MOST);
        for (const limit of [1, 3, 10, 30, MOST]) {
          const found = engine.topFor(need, { limit });
          expect(found.map(({ units }) => units)).toEqual(expected.slice(0, limit).map(({ units }) => units));
        }
        expect(engineList(need, engine, MOST)).toEqual(expected);
      }
    });
  });
});

/**
 * What counts besides the first line, by the weights of a second one and of the country: companies that lack it are
 * passed over before a long list is read. Where neither counts, the reference project does.
 */
const WEIGHTS: Record<string, { first: number; second: number; country: number } | undefined> = {
  'as it comes': undefined,
  'the reference counts most': { first: 0.2, second: 0.01, country: 0 },
  'the country counts most': { first: 0.3, second: 0.01, country: 4 },
  'the second line counts as much as the first': { first: 1, second: 1, country: 0 },
  'the second line counts half as much': { first: 1, second: 0.5, country: 0 },
};

function weighing(
  opportunity: MatchOpportunity,
  index: number,
  { first, second, country }: { first: number; second: number; country: number },
): MatchOpportunity {
  const leaf = (at: number): string => LEAVES[at % LEAVES.length] ?? '';
  // of these another mineral is worth little, and much
  const minerals = [index < LEAVES.length ? 'nickel' : 'neodymium'];
  const line = { kind: 'capability' as const, must: false, minerals, amount: null, unit: null };
  return {
    ...opportunity,
    ...{ country: country === 0 ? null : 'TZ', visibility: 'public', requiresVetted: false },
    ...{ eligibleCountries: null, concepts: [] },
    requirements: [
      { ...line, id: 'q1', must: true, weight: first, capability: leaf(index) },
      { ...line, id: 'q2', weight: second, capability: leaf(index + 3) },
      ...(country === 0
        ? []
        : [
            {
              kind: 'country_experience' as const,
              ...{ id: 'q3', must: false, weight: country, countries: ['TZ'] },
            },
          ]),
    ],
  };
}
