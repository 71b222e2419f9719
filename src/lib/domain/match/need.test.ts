import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '#lib/domain/match/explain.ts';
import { exampleOpportunity } from '#lib/domain/match/example.ts';
import type { MatchNames } from '#lib/domain/match/names.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { Relations } from '#lib/domain/match/relations.ts';
import { scorePair, scoreUnits } from '#lib/domain/match/score.ts';
import type { MatchCapability, MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';
import {
  BASIS,
  capabilityRow,
  matchCompany,
  matchOpportunity,
  TODAY,
} from '#lib/domain/match/worlds.fixture.ts';

/** A notice without any line that asks for a capability. */
const spoken = (work: string[]): MatchOpportunity => ({
  ...exampleOpportunity(TODAY),
  minerals: ['graphite'],
  requirements: [],
  work,
});
const leavesOf = (opportunity: MatchOpportunity): (string | null)[] =>
  prepareNeed(opportunity, BASIS, TODAY).slots.flatMap((slot) =>
    slot.kind === 'capability' ? [slot.leaf] : [],
  );
const same = (id: string): string => `«${id}»`;
const names: MatchNames = {
  ...{ capability: same, mineral: same, country: same, certification: same, framework: same },
  ...{ language: same, concept: same },
};

describe('a notice whose lines ask for no capability', () => {
  it('asks for the work its words name, else for the minerals', () => {
    expect(leavesOf(spoken(['esia', 'flake']))).toEqual(['esia', 'flake']);
    expect(leavesOf(spoken([]))).toEqual([null]);
  });

  it('puts who does that work before who only works with the minerals', () => {
    fc.assert(
      fc.property(matchCompany, capabilityRow, (company, row) => {
        const need = prepareNeed(spoken(['esia']), BASIS, TODAY);
        const holding = (capability: string) => ({
          ...company,
          capabilities: [{ ...row, capability, minerals: ['graphite'] }],
        });
        expect(scoreUnits(need, holding('esia'))).toBeGreaterThan(scoreUnits(need, holding('smelting')));
      }),
    );
  });

  it('says where the work was read, in both languages', () => {
    const need = prepareNeed(spoken(['esia']), BASIS, TODAY);
    fc.assert(
      fc.property(matchCompany, (company) => {
        for (const [lang, asked] of [
          ['ko', '공고 글에 나오는 ‘«esia»’'],
          ['en', '“«esia»”, named in the text'],
        ] as const) {
          const { parts } = explain(scorePair(need, company), [], need, company, names, lang);
          expect(parts[0]).toMatchObject({ requirement: null, asked });
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('another mineral than the line names', () => {
  const relations = new Relations(
    [
      { id: 'core-drilling', stage: 'exploration' },
      { id: 'smelting', stage: 'smelting-refining' },
    ],
    [],
    [],
  );
  const basis = { ...BASIS, relations };
  const asking = (capability: string): MatchOpportunity => ({
    ...exampleOpportunity(TODAY),
    requirements: [
      {
        ...{ id: 'q1', must: true, weight: 1, kind: 'capability', capability },
        ...{ minerals: ['graphite'], amount: null, unit: null },
      },
    ],
  });
  const lost = (capability: string, row: MatchCapability, company: MatchCompany): number => {
    const need = prepareNeed(asking(capability), basis, TODAY);
    const units = (mineral: string): number =>
      scoreUnits(need, { ...company, capabilities: [{ ...row, capability, minerals: [mineral] }] });
    return units('graphite') - units('copper');
  };

  it('costs a service less than a process', () => {
    fc.assert(
      fc.property(matchCompany, capabilityRow, (company, row) => {
        expect(lost('core-drilling', row, company)).toBeGreaterThan(0);
        expect(lost('core-drilling', row, company)).toBeLessThan(lost('smelting', row, company));
      }),
    );
  });
});

describe('a line that asks for a capability', () => {
  it('makes what the words say count nothing', () => {
    fc.assert(
      fc.property(matchOpportunity, matchCompany, (opportunity, company) => {
        fc.pre(opportunity.requirements.some(({ kind }) => kind === 'capability'));
        const units = (work: string[]): number =>
          scoreUnits(prepareNeed({ ...opportunity, work }, BASIS, TODAY), company);
        expect(units(['esia', 'sx'])).toBe(units([]));
      }),
    );
  });
});
