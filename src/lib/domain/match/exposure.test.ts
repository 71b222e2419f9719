import { describe, expect, it } from 'vitest';
import { exposureShares, guarded, OTHER, type ExposureCount } from '#lib/domain/match/exposure.ts';

const count = (value: string, companies: number, shown = 0, relevant = 0): ExposureCount => ({
  value,
  companies,
  shown,
  relevant,
});

describe('exposure', () => {
  it('puts kinds of few companies together, and leaves out what is still too few', () => {
    expect(guarded([count('11', 9, 3, 4), count('26', 3, 1, 1), count('27', 2, 2, 0)])).toEqual([
      count('11', 9, 3, 4),
      count(OTHER, 5, 3, 1),
    ]);
    expect(guarded([count('11', 9, 3, 4), count('26', 4, 1, 1)])).toEqual([count('11', 9, 3, 4)]);
  });

  it('gives shares of places and of strong matches, zero where there are none', () => {
    expect(exposureShares([count('sme', 6, 3, 1), count('large', 6, 1, 1)])).toMatchObject([
      { shareShown: 0.75, shareRelevant: 0.5 },
      { shareShown: 0.25, shareRelevant: 0.5 },
    ]);
    expect(exposureShares([count('sme', 6)])).toMatchObject([{ shareShown: 0, shareRelevant: 0 }]);
  });
});
