import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestTeams, type TeamCandidate } from '#lib/domain/match/team.ts';

const LINES = 5;
const candidate = fc.record({
  cover: fc.integer({ min: 0, max: 2 ** LINES - 1 }),
  units: fc.integer({ min: 0, max: 50 }),
});
const group = fc
  .array(candidate, { maxLength: 9 })
  .map((rows): TeamCandidate[] => rows.map((row, i) => ({ ...row, id: `c${i}` })));

/** Every subset, the slow and obvious way. */
function obvious(candidates: TeamCandidate[]): { size: number; units: number } | null {
  const goal = candidates.reduce((all, { cover }) => all | cover, 0);
  if (goal === 0) return null;
  let best: { size: number; units: number } | null = null;
  for (let set = 1; set < 2 ** candidates.length; set += 1) {
    const members = candidates.filter((_, i) => (set & (1 << i)) !== 0);
    if (members.reduce((all, { cover }) => all | cover, 0) !== goal || members.length > 5) continue;
    const units = members.reduce((sum, member) => sum + member.units, 0);
    if (best === null || members.length < best.size || (members.length === best.size && units > best.units))
      best = { size: members.length, units };
  }
  return best;
}

describe('smallestTeams', () => {
  it('is as small and as strong as the best of all subsets', () => {
    fc.assert(
      fc.property(group, (candidates) => {
        const { teams, provenMinimal } = smallestTeams(candidates, LINES);
        const best = obvious(candidates);
        expect(provenMinimal).toBe(true);
        if (best === null) {
          expect(teams).toEqual([]);
          return;
        }
        expect(teams[0]).toMatchObject({ units: best.units });
        expect(teams[0]?.members).toHaveLength(best.size);
        expect(new Set(teams.map(({ members }) => [...members].sort().join())).size).toBe(teams.length);
      }),
      { numRuns: 1500 },
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

  it('finds teams among 2,000 candidates for 10 lines at once', () => {
    let seed = 7;
    const next = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
    const many = Array.from({ length: 2000 }, (_, i) => {
      let cover = 0;
      for (let line = 0; line < 10; line += 1) if (next() < 0.2) cover |= 1 << line;
      return { id: `c${i}`, cover, units: Math.floor(next() * 10000) };
    });
    const start = performance.now();
    const { teams, provenMinimal } = smallestTeams(many, 10);
    expect(provenMinimal).toBe(true);
    expect(teams.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
