import { describe, expect, it } from 'vitest';
import { changedParts, lineVersion, type LineContent } from './line-version.ts';

const line: LineContent = {
  kind: 'capability',
  must: true,
  weight: 1,
  capability: 'mining.open-pit',
  minerals: ['graphite', 'lithium'],
  amount: 60_000,
  unit: 't/yr',
  certifications: [],
  verified_only: false,
  countries: [],
  language: null,
  min_size: null,
};

describe('the version of a requirement line', () => {
  it('is the same whatever the order of what was chosen', () => {
    expect(lineVersion({ ...line, minerals: ['lithium', 'graphite'] })).toBe(lineVersion(line));
  });

  it('tells which parts were changed', () => {
    const seen = lineVersion(line);
    expect(changedParts(seen, seen)).toEqual([]);
    expect(changedParts(seen, lineVersion({ ...line, must: false, amount: 50_000 }))).toEqual([
      'level',
      'quantity',
    ]);
    expect(changedParts(seen, lineVersion({ ...line, verified_only: true }))).toEqual(['certifications']);
  });

  it('of a form that was meddled with tells nothing', () => {
    for (const bad of ['', 'null', '[', '7']) expect(changedParts(bad, lineVersion(line))).toEqual([]);
  });
});
