import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesGates } from '#lib/domain/match/gates.ts';
import { prepareNeed, type Need } from '#lib/domain/match/need.ts';
import { scorePair } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import { BASIS, matchCompany, matchOpportunity, TODAY } from '#lib/domain/match/worlds.fixture.ts';
import { isOfInterest, MatchEngine } from '#lib/server/match/engine.ts';

const companies = fc.uniqueArray(matchCompany, { maxLength: 25, selector: ({ id }) => id });
const indexed = (list: readonly MatchCompany[]) => list.map((company) => ({ company, demo: false }));

/** The slow and obvious way. */
function obvious(need: Need, list: readonly MatchCompany[], limit: number) {
  const passing = list.filter((company) => passesGates(scorePair(need, company).gates));
  const ranked = passing
    .filter((company) => isOfInterest(scorePair(need, company)))
    .map((company) => ({ id: company.id, units: scorePair(need, company).units }))
    .sort((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1));
  return {
    considered: list.length,
    excluded: list.length - passing.length,
    total: ranked.length,
    hits: ranked.slice(0, limit),
  };
}

function answer(engine: MatchEngine, need: Need, limit: number) {
  const { hits, ...counts } = engine.companiesFor(need, { limit });
  return { ...counts, hits: hits.map(({ id, units }) => ({ id, units })) };
}

describe('the engine', () => {
  it('answers as the slow reference does: same companies, order, points and counts', () => {
    fc.assert(
      fc.property(companies, matchOpportunity, fc.integer({ min: 1, max: 6 }), (list, opportunity, limit) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(list));
        const need = prepareNeed(opportunity, BASIS, TODAY);
        expect(answer(engine, need, limit)).toEqual(obvious(need, list, limit));
      }),
      { numRuns: 2500 },
    );
  });

  it('hands back the companies it was given, whole', () => {
    fc.assert(
      fc.property(companies, matchOpportunity, (list, opportunity) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(list));
        const need = prepareNeed(opportunity, BASIS, TODAY);
        for (const company of list) {
          const kept = engine.company(company.id);
          expect(kept).not.toBeNull();
          if (kept === null) return;
          const parts = (one: MatchCompany) =>
            scorePair(need, one).parts.map(({ name, units, maxUnits, source }) => [
              name,
              units,
              maxUnits,
              source,
            ]);
          expect(parts(kept)).toEqual(parts(company));
          expect(kept.capabilities.map(({ id }) => id)).toEqual(company.capabilities.map(({ id }) => id));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('after changes answers as if built anew, however often they come', () => {
    const steps = fc.array(
      fc.record({ changed: companies, removed: fc.array(fc.nat(24), { maxLength: 4 }) }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(companies, steps, matchOpportunity, (start, changes, opportunity) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(start));
        const now = new Map(start.map((company) => [company.id, company]));
        for (const { changed, removed } of changes) {
          const gone = removed.flatMap((at) => [...now.keys()][at] ?? []);
          const kept = changed.filter(({ id }) => !gone.includes(id));
          engine.updateCompanies(indexed(kept), gone);
          engine.updateCompanies(indexed(kept), gone);
          for (const id of gone) now.delete(id);
          for (const company of kept) now.set(company.id, company);
        }
        const need = prepareNeed(opportunity, BASIS, TODAY);
        expect(answer(engine, need, 50)).toEqual(obvious(need, [...now.values()], 50));
        expect(engine.companyCount).toBe(now.size);
      }),
      { numRuns: 300 },
    );
  });

  it('gives a pair the same score from either side', () => {
    const opportunities = fc.uniqueArray(matchOpportunity, { maxLength: 8, selector: ({ id }) => id });
    fc.assert(
      fc.property(companies, opportunities, (list, offers) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(list));
        engine.setOpportunities(
          offers.map((opportunity) => ({ opportunity, demo: false, deadlineAt: null })),
        );
        const here = offers.flatMap((opportunity) => {
          const need = engine.need(opportunity.id, TODAY);
          if (need === null || !opportunity.open) return [];
          return engine
            .companiesFor(need, { limit: 100 })
            .hits.map(({ id, units }) => `${opportunity.id} ${id} ${units}`);
        });
        const there = list.flatMap((company) =>
          engine
            .opportunitiesFor(company, 0, TODAY, { limit: 100 })
            .hits.map(({ id, units }) => `${id} ${company.id} ${units}`),
        );
        expect(there.sort()).toEqual(here.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('counts what each gate leaves, down to those it lets through', () => {
    fc.assert(
      fc.property(companies, matchOpportunity, (list, opportunity) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed(list));
        const need = prepareNeed(opportunity, BASIS, TODAY);
        const steps = engine.funnel(need);
        const { considered, excluded } = engine.companiesFor(need, { limit: 1 });
        expect(steps[0]?.left).toBe(considered);
        expect(steps.findLast(({ rule }) => rule !== 'quantity')?.left).toBe(considered - excluded);
      }),
      { numRuns: 300 },
    );
  });
});
