import { describe, expect, it } from 'vitest';
import { groupParts, type WhyPart } from './why.ts';

const part = (label: string, points: number, max: number, asked?: string): WhyPart => ({
  name: label,
  label,
  points,
  max,
  sentence: '',
  line: asked === undefined ? undefined : { id: asked, asked },
});

describe('parts of a score as bars', () => {
  it('shows the parts of one requirement line as one bar with their sum', () => {
    const groups = groupParts([
      part('capability', 0.2, 0.3, 'flotation'),
      part('language', 0.05, 0.05),
      part('capacity', 0.1, 0.2, 'flotation'),
      part('certificate', 0.1, 0.1, 'iso'),
    ]);
    expect(
      groups.map(({ label, points, max, parts }) => [label, points.toFixed(2), max, parts.length]),
    ).toEqual([
      ['flotation', '0.30', 0.5, 2],
      ['language', '0.05', 0.05, 1],
      ['iso', '0.10', 0.1, 1],
    ]);
  });

  it('keeps every part: the bars add up to the score', () => {
    const parts = [
      part('a', 0.1, 0.2, 'x'),
      part('b', 0.2, 0.2),
      part('c', 0.3, 0.4, 'x'),
      part('d', 0.1, 0.1),
    ];
    const sum = groupParts(parts).reduce((total, { points }) => total + points, 0);
    expect(sum).toBeCloseTo(0.7, 12);
    expect(groupParts(parts).flatMap((group) => group.parts)).toHaveLength(4);
  });
});
