import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefOf } from '#lib/domain/match/brief.ts';
import { partLabel } from '#lib/domain/match/explain-parts.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { scorePair, toPoints } from '#lib/domain/match/score.ts';
import { BASIS, matchCompany, matchOpportunity, TODAY } from '#lib/domain/match/worlds.fixture.ts';

const part = (label: string, points: number, max: number) => ({
  name: 'capability' as const,
  label,
  points,
  max,
});

describe('a match in short', () => {
  it('names what fits and what is missing, the weightiest first, each once and three at most', () => {
    const parts = [
      part('light', 0.01, 0.01),
      part('half', 0.06, 0.1),
      part('none', 0, 0.2),
      part('most', 0.24, 0.3),
      part('nothing to gain', 0, 0),
      part('most', 0.02, 0.04),
      part('little', 0.02, 0.05),
      ...['a', 'b', 'c'].map((label) => part(label, 0.02, 0.02)),
      { ...part('several', 0.4, 0.4), name: 'shared' as const },
    ];
    const { fits, lacks } = briefOf(parts);
    expect(fits.map(({ label, max }) => [label, max])).toEqual([
      ['most', 0.3],
      ['a', 0.02],
      ['b', 0.02],
    ]);
    expect(lacks.map(({ label }) => label)).toEqual(['none', 'little']);
  });

  it('says nothing that the whole reckoning does not', () => {
    fc.assert(
      fc.property(matchOpportunity, matchCompany, (opportunity, company) => {
        const parts = scorePair(prepareNeed(opportunity, BASIS, TODAY), company).parts.map((one) => ({
          name: one.name,
          label: partLabel(one, 'en'),
          points: toPoints(one.units),
          max: toPoints(one.maxUnits),
        }));
        const { fits, lacks } = briefOf(parts);
        for (const one of [...fits, ...lacks]) expect(parts).toContain(one);
        for (const { points, max } of fits) expect(points / max).toBeGreaterThanOrEqual(0.8);
        for (const { points, max } of lacks) expect(points / max).toBeLessThan(0.5);
        const labels = [...fits, ...lacks].map(({ label }) => label);
        expect(new Set(labels).size).toBe(labels.length);
        // of what has points to give and is met, something is always named
        expect(fits.length > 0).toBe(
          parts.some(({ name, points, max }) => name !== 'shared' && max > 0 && points / max >= 0.8),
        );
      }),
      { numRuns: 300 },
    );
  });
});
