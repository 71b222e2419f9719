import { describe, expect, it } from 'vitest';
import { countOverlapping } from './counts.ts';

/** The counts of September 2024 (neglobal.eu): 32 projects, 19 upstream, 15 midstream, 3 recycling. */
const STAGES: string[][] = [
  ...Array.from({ length: 14 }, () => ['upstream']),
  ...Array.from({ length: 5 }, () => ['upstream', 'midstream']),
  ...Array.from({ length: 10 }, () => ['midstream']),
  ...Array.from({ length: 3 }, () => ['recycling']),
];

describe('countOverlapping', () => {
  it('reproduces the MSP counts by stage, which add up to more than there are projects', () => {
    const counted = countOverlapping(STAGES, (stages) => stages);
    expect(counted.total).toBe(32);
    expect(counted.counts).toEqual({ upstream: 19, midstream: 15, recycling: 3 });
    expect(counted.sum).toBe(37);
    expect(counted.overlap).toBe(true);
  });

  it('does not overlap where each has one, as sites have one region', () => {
    const regions = [
      ...Array.from({ length: 13 }, () => 'Africa'),
      ...Array.from({ length: 8 }, () => 'Americas'),
      ...Array.from({ length: 6 }, () => 'Asia-Pacific'),
      ...Array.from({ length: 5 }, () => 'Europe'),
    ];
    const counted = countOverlapping(regions, (region) => [region]);
    expect(counted).toMatchObject({ total: 32, sum: 32, overlap: false });
  });

  it('counts one thing once under a label it has twice', () => {
    expect(countOverlapping([['a', 'a']], (labels) => labels)).toMatchObject({ sum: 1, overlap: false });
  });
});
