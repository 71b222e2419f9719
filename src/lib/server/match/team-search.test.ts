import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestTeams } from '#lib/domain/match/team.ts';
import { teamsByProgram, type WideCandidate } from '#lib/domain/match/team-program.ts';
import { highsSolver } from '#lib/server/match/highs.ts';
import { searchTeams } from '#lib/server/match/team-search.ts';

const LINES = 7;
const group = fc
  .array(
    fc.record({
      lines: fc.subarray(Array.from({ length: LINES }, (_, i) => i)),
      units: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 16 },
  )
  .map((rows): WideCandidate[] => rows.map((row, i) => ({ ...row, id: `c${String(i).padStart(2, '0')}` })));

const asBits = (candidates: readonly WideCandidate[]) =>
  candidates.map(({ id, units, lines }) => ({
    id,
    units,
    cover: lines.reduce((mask, line) => mask | (1 << line), 0),
  }));

describe('teams by integer programming', () => {
  it('are those of the bit masks: size, order and proof', async () => {
    const solve = await highsSolver(10);
    fc.assert(
      fc.property(group, (candidates) => {
        const program = teamsByProgram(candidates, 4, solve);
        const masks = smallestTeams(asBits(candidates), LINES, 4);
        const plain = ({ members, units }: { members: string[]; units: number }) => ({ members, units });
        expect(program.complete && program.provenMinimal).toBe(true);
        expect(program.teams.map(plain)).toEqual(masks.teams.map(plain));
        if (masks.teams.length > 0)
          expect(program.proof).toMatchObject({
            ruledOut: masks.proof.ruledOut,
            lowerBound: masks.proof.lowerBound,
            gap: 0,
          });
      }),
      { numRuns: 60 },
    );
  });
});

describe('searchTeams', () => {
  it('leaves many lines to a thread of its own, with proof', async () => {
    const candidates = Array.from({ length: 60 }, (_, i) => ({
      id: `c${String(i).padStart(2, '0')}`,
      lines: Array.from({ length: 24 }, (_, line) => line).filter((line) => (i + line) % 4 === 0),
      units: i,
    }));
    const found = await searchTeams(candidates, 24, 5);
    expect(found.proof).toMatchObject({ method: 'milp', ruledOut: 3, lowerBound: 4, gap: 0 });
    expect(found.teams[0]).toMatchObject({ members: ['c59', 'c58', 'c57', 'c56'], cover: 24 });
    expect(found.teams).toHaveLength(20);
  });

  it('counts few lines at once', async () => {
    const found = await searchTeams([{ id: 'a', lines: [0, 1], units: 3 }], 2, 3);
    expect(found).toMatchObject({ goal: 3, teams: [{ members: ['a'], cover: 3 }] });
  });
});
