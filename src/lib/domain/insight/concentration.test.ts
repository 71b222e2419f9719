import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentrationIndex, concentrationLevel, HHI_MAX } from './concentration.ts';

describe('concentrationIndex', () => {
  it('is 10,000 for one producer and 5,000 for two equal ones', () => {
    expect(concentrationIndex([7], 7)).toBe(10_000);
    expect(concentrationIndex([5, 5], 10)).toBe(5_000);
  });

  it('leaves out what no country is named for', () => {
    expect(concentrationIndex([50], 100)).toBe(2_500);
  });

  it('is not known without a world total or countries', () => {
    expect(concentrationIndex([1], null)).toBeNull();
    expect(concentrationIndex([1], 0)).toBeNull();
    expect(concentrationIndex([], 10)).toBeNull();
  });

  it('stays within its bounds and does not depend on the unit or the order', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 2, max: 1000 }), (given, factor) => {
        const total = given.reduce((sum, one) => sum + one, 0);
        fc.pre(total > 0);
        const index = concentrationIndex(given, total) ?? -1;
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThanOrEqual(HHI_MAX);
        const reversed = [...given].reverse().map((one) => one * factor);
        expect(Math.abs((concentrationIndex(reversed, total * factor) ?? 0) - index)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('concentrationLevel', () => {
  it.each([
    [0, 'low'],
    [1499, 'low'],
    [1500, 'moderate'],
    [2500, 'moderate'],
    [2501, 'high'],
    [6114, 'very-high'],
  ] as const)('%d is %s', (index, level) => {
    expect(concentrationLevel(index)).toBe(level);
  });
});
