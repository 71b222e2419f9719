import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '#lib/domain/match/explain.ts';
import type { MatchNames } from '#lib/domain/match/names.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { raisesOf } from '#lib/domain/match/raise.ts';
import { scorePair } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import { BASIS, matchCompany, matchOpportunity, TODAY } from '#lib/domain/match/worlds.fixture.ts';

const same = (id: string): string => `«${id}»`;
const names: MatchNames = {
  capability: same,
  mineral: same,
  country: same,
  certification: same,
  framework: same,
  language: same,
  concept: same,
};

describe('explain', () => {
  it('says every part, gate and raise in whole sentences, in both languages', () => {
    fc.assert(
      fc.property(
        matchOpportunity,
        matchCompany,
        fc.constantFrom('ko' as const, 'en' as const),
        (o, c, lang) => {
          const need = prepareNeed(o, BASIS, TODAY);
          const match = scorePair(need, c);
          const said = explain(match, raisesOf(need, c), need, c, names, lang);
          expect(said.parts.reduce((sum, { points }) => sum + points, 0)).toBe(said.score);
          const sentences = [
            ...said.parts.map(({ sentence }) => sentence),
            ...said.gates.map(({ sentence }) => sentence),
            ...said.raise.map(({ text }) => text),
          ];
          for (const sentence of sentences) {
            expect(sentence).toMatch(/[.]$/u);
            expect(sentence).not.toMatch(/undefined|null|NaN|Infinity| {2}/u);
            if (lang === 'ko') expect(sentence).toMatch(/다\.$|\)\.$|: .+\.$/u);
            else expect(sentence).not.toMatch(/[가-힣]{2}/u);
          }
        },
      ),
      { numRuns: 800 },
    );
  });
});

describe('raisesOf', () => {
  it('names at most three changes, each worth what it says when it is made', () => {
    fc.assert(
      fc.property(matchOpportunity, matchCompany, (o, c) => {
        const need = prepareNeed(o, BASIS, TODAY);
        const raises = raisesOf(need, c);
        expect(raises.length).toBeLessThanOrEqual(3);
        for (const { units, opens } of raises) expect(units > 0 || opens).toBe(true);
        for (const { change, units } of raises) {
          if (change.kind !== 'evidence') continue;
          const better: MatchCompany = {
            ...c,
            capabilities: c.capabilities.map((row) =>
              row.id === change.capability ? { ...row, evidence: change.to } : row,
            ),
          };
          expect(scorePair(need, better).units - scorePair(need, c).units).toBe(units);
        }
      }),
      { numRuns: 500 },
    );
  });
});
