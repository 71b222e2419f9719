import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnownTo, passesGates } from '#lib/domain/match/gates.ts';
import { groupOf, type MatchGroup } from '#lib/domain/match/group.ts';
import { prepareNeed, type Need } from '#lib/domain/match/need.ts';
import { scorePair } from '#lib/domain/match/score.ts';
import type { MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';
import { BASIS, matchCompany, matchOpportunity, TODAY } from '#lib/domain/match/worlds.fixture.ts';
import { isOfInterest, MatchEngine, type IndexedOpportunity } from '#lib/server/match/engine.ts';
import { companiesWithNear, nearOpportunities } from '#lib/server/match/near.ts';

const MATCH_GROUPS: readonly MatchGroup[] = ['strong', 'near', 'explore'];
const indexed = (list: readonly MatchCompany[]) => list.map((company) => ({ company, demo: false }));
const opportunities = fc.uniqueArray(
  fc.record({
    opportunity: matchOpportunity,
    demo: fc.constant(false),
    deadlineAt: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
  }),
  { maxLength: 12, selector: ({ opportunity }) => opportunity.id },
);
const group = fc.constantFrom(null, ...MATCH_GROUPS);
const size = fc.integer({ min: 1, max: 6 });
const offset = fc.integer({ min: 0, max: 4 });
const somehow = fc.constantFrom<((one: MatchOpportunity) => boolean) | null>(
  null,
  ({ type }) => type !== 'epc',
);

interface Listed {
  id: string;
  units: number;
  gated: boolean;
  group: MatchGroup;
}

/** Everything that concerns a company and that it knows of, by the whole reckoning of each pair. */
function obvious(company: MatchCompany, entries: readonly IndexedOpportunity[], now: number): Listed[] {
  const listed = entries.flatMap(({ opportunity, deadlineAt }): Listed[] => {
    if (!opportunity.open || (deadlineAt !== null && deadlineAt < now)) return [];
    if (!isKnownTo(company, opportunity, TODAY)) return [];
    const need = prepareNeed(opportunity, BASIS, TODAY);
    const match = scorePair(need, company);
    // who has none of the must capabilities is not near, even where that is a single one
    const musts = match.gates.filter(({ rule }) => rule === 'must-capability');
    if (musts.length > 0 && musts.every(({ passed }) => !passed)) return [];
    const found = isOfInterest(match) ? groupOf(need, company, match) : null;
    if (found === null) return [];
    return [{ id: opportunity.id, units: match.units, gated: !passesGates(match.gates), group: found }];
  });
  return listed.sort((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1));
}

describe("a company's list, made of outlines", { timeout: 60_000 }, () => {
  it('is that of the whole reckonings, also after changes and when time has gone on', () => {
    const changes = fc.array(
      fc.record({ company: matchCompany, entries: opportunities, later: fc.integer({ min: 0, max: 8 }) }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        matchCompany,
        opportunities,
        changes,
        group,
        size,
        offset,
        somehow,
        (first, entries, ...rest) => {
          const [steps, asked, limit, from, keep] = rest;
          const engine = new MatchEngine(BASIS);
          engine.replaceCompanies(indexed([first]));
          engine.setOpportunities(entries);
          let company = first;
          let now = 0;
          const there = new Map(entries.map((entry) => [entry.opportunity.id, entry]));
          const check = () => {
            const all = obvious(company, [...there.values()], now).filter(({ id }) => {
              const entry = there.get(id);
              return keep === null || (entry !== undefined && keep(entry.opportunity));
            });
            const list = all.filter((one) => (asked === null ? !one.gated : one.group === asked));
            const found = nearOpportunities(engine, company, now, TODAY, {
              limit,
              offset: from,
              group: asked,
              scope: 'all',
              keep,
            });
            expect(found.items.map((one) => [one.opportunity.id, one.group])).toEqual(
              list.slice(from, from + limit).map((one) => [one.id, one.group]),
            );
            expect(found.counts.total).toBe(list.length);
            const known = [...there.values()].filter(
              ({ opportunity, deadlineAt }) =>
                opportunity.open &&
                (deadlineAt === null || deadlineAt >= now) &&
                isKnownTo(company, opportunity, TODAY),
            );
            expect(found.counts.considered).toBe(known.length);
            for (const one of MATCH_GROUPS)
              expect(found.groups[one]).toBe(all.filter((item) => item.group === one).length);
          };
          check();
          for (const step of steps) {
            company = { ...step.company, id: first.id };
            engine.updateCompanies(indexed([company]));
            check();
            engine.updateOpportunities(step.entries);
            for (const entry of step.entries) there.set(entry.opportunity.id, entry);
            check();
            now += step.later;
            check();
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('stands in the order of the points, as pairs with all their parts do', () => {
    fc.assert(
      fc.property(matchCompany, opportunities, (company, entries) => {
        const engine = new MatchEngine(BASIS);
        engine.replaceCompanies(indexed([company]));
        engine.setOpportunities(entries);
        const whole = engine.pairsOf(company, 0, TODAY, 'all');
        const short = engine.outlinesOf(company, 0, TODAY, 'all');
        expect([short.considered, short.passed]).toEqual([whole.considered, whole.passed]);
        expect(
          short.outlines.map(({ need, outline, gated, interest }) => [
            need.opportunity.id,
            outline.units,
            gated,
            interest,
          ]),
        ).toEqual(
          whole.pairs.map(({ need, match, gated, interest }) => [
            need.opportunity.id,
            match.units,
            gated,
            interest,
          ]),
        );
      }),
      { numRuns: 400 },
    );
  });
});

describe('a list of companies', { timeout: 60_000 }, () => {
  const companies = fc.uniqueArray(matchCompany, { maxLength: 20, selector: ({ id }) => id });
  const inGroups = (need: Need, list: readonly MatchCompany[]) =>
    list
      .map((company) => ({ company, match: scorePair(need, company) }))
      .filter(({ match }) => passesGates(match.gates) && isOfInterest(match))
      .sort((a, b) => b.match.units - a.match.units || (a.company.id < b.company.id ? -1 : 1))
      .map(({ company, match }) => ({ id: company.id, group: groupOf(need, company, match) ?? 'explore' }));

  it('has the same groups and pages whether one group is asked for or all', () => {
    fc.assert(
      fc.property(
        companies,
        matchOpportunity,
        group,
        size,
        offset,
        (list, opportunity, asked, limit, from) => {
          const engine = new MatchEngine(BASIS);
          engine.replaceCompanies(indexed(list));
          const need = prepareNeed(opportunity, BASIS, TODAY);
          const all = inGroups(need, list).filter((one) => asked === null || one.group === asked);
          const found = companiesWithNear(engine, need, {
            limit,
            offset: from,
            group: asked,
            scope: 'all',
            keep: null,
          });
          expect(found.items.map((one) => ({ id: one.company.id, group: one.group }))).toEqual(
            all.slice(from, from + limit),
          );
          expect(found.counts.total).toBe(all.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
