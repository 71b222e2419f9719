import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestTeams, type Team, type TeamCandidate } from '#lib/domain/match/team.ts';

const LINES = 5;
const candidate = fc.record({
  cover: fc.integer({ min: 0, max: 2 ** LINES - 1 }),
  units: fc.integer({ min: 0, max: 12 }),
});
const group = fc
  .array(candidate, { maxLength: 10 })
  .map((rows): TeamCandidate[] => rows.map((row, i) => ({ ...row, id: `c${i}` })));

interface Obvious {
  size: number;
  teams: Pick<Team, 'members' | 'units'>[];
}

/** Every subset, the slow and obvious way: all teams of the least size, in their order. */
function obvious(candidates: TeamCandidate[]): Obvious | null {
  const goal = candidates.reduce((all, { cover }) => all | cover, 0);
  if (goal === 0) return null;
  const found: { ids: string[]; members: string[]; units: number }[] = [];
  for (let set = 1; set < 2 ** candidates.length; set += 1) {
    const members = candidates.filter((_, i) => (set & (1 << i)) !== 0);
    if (members.reduce((all, { cover }) => all | cover, 0) !== goal) continue;
    found.push({
      ids: members.map(({ id }) => id).sort(),
      members: members.toSorted((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1)).map(({ id }) => id),
      units: members.reduce((sum, member) => sum + member.units, 0),
    });
  }
  const size = Math.min(...found.map(({ ids }) => ids.length));
  const teams = found
    .filter(({ ids }) => ids.length === size)
    .sort((a, b) => b.units - a.units || (a.ids.join() < b.ids.join() ? -1 : 1))
    .slice(0, 20)
    .map(({ members, units }) => ({ members, units }));
  return { size, teams };
}

describe('smallestTeams', () => {
  it('names the best teams of the least size, in order, as the search through all subsets does', () => {
    fc.assert(
      fc.property(group, (candidates) => {
        const found = smallestTeams(candidates, LINES);
        const best = obvious(candidates);
        expect(found.provenMinimal).toBe(true);
        expect(found.teams.map(({ members, units }) => ({ members, units }))).toEqual(best?.teams ?? []);
        if (best === null) return;
        expect(found.proof).toMatchObject({ ruledOut: best.size - 1, lowerBound: best.size, gap: 0 });
        for (const { cover } of found.teams) expect(cover).toBe(found.goal);
      }),
      { numRuns: 1500 },
    );
  });

  it('is the same whatever the order of the candidates', () => {
    fc.assert(
      fc.property(group, (candidates) => {
        expect(smallestTeams(candidates.toReversed(), LINES)).toEqual(smallestTeams(candidates, LINES));
      }),
    );
  });

  it('shows at most 20, strongest first', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({
      id: `c${i}`,
      cover: i % 2 === 0 ? 1 : 2,
      units: i,
    }));
    const { teams } = smallestTeams(many, 2);
    expect(teams).toHaveLength(20);
    expect(teams[0]?.members).toEqual(['c99', 'c98']);
  });

  it('names no team beyond the greatest size, and says which sizes were ruled out', () => {
    const each = Array.from({ length: 4 }, (_, i) => ({ id: `c${i}`, cover: 1 << i, units: 1 }));
    expect(smallestTeams(each, 4, 3)).toMatchObject({
      teams: [],
      goal: 15,
      provenMinimal: true,
      proof: { ruledOut: 3, lowerBound: 4, gap: null },
    });
    expect(smallestTeams(each, 4, 4).teams).toHaveLength(1);
  });

  it('takes thousands of candidates that are all alike', () => {
    const many = Array.from({ length: 2000 }, (_, i) => ({
      id: `c${String(i).padStart(4, '0')}`,
      cover: 1 << (i % 10),
      units: 5,
    }));
    const { teams, proof } = smallestTeams(many, 10, 10);
    expect(proof).toMatchObject({ classes: 10, ruledOut: 9 });
    expect(teams).toHaveLength(20);
    expect(teams[0]?.members).toEqual(Array.from({ length: 10 }, (_, i) => `c000${i}`));
  });

  it('refuses more lines than bits', () => {
    expect(() => smallestTeams([], 17)).toThrow(RangeError);
  });
});
