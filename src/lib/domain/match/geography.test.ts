import { describe, expect, it } from 'vitest';
import { Geography } from './geography.ts';

const place = (iso2: string) => ({ iso2, region: iso2, subregion: iso2 });
const geography = new Geography(
  [place('KR'), place('TZ'), place('CL')],
  [
    {
      id: 'old',
      members: [
        { country: 'KR', from: null, until: '2026-02-04' },
        { country: 'TZ', from: null, until: null },
      ],
    },
    {
      id: 'new',
      members: [
        { country: 'KR', from: '2026-02-04', until: null },
        { country: 'CL', from: '2026-06-01', until: null },
      ],
    },
  ],
);

describe('a framework in common', () => {
  it.each([
    ['TZ', '2026-02-03', 'framework'],
    // the day of an end is the first without
    ['TZ', '2026-02-04', 'none'],
    ['CL', '2026-05-31', 'none'],
    ['CL', '2026-06-01', 'framework'],
  ])('of Korea and %s on %s: %s', (country, day, kind) => {
    expect(geography.between('KR', country, day).kind).toBe(kind);
    expect(geography.between(country, 'KR', day).kind).toBe(kind);
  });

  it('is the same between two days on which somebody joins or leaves', () => {
    const eras = ['2020-01-01', '2026-02-03', '2026-02-04', '2026-05-31', '2026-06-01', '2030-01-01'];
    expect(eras.map((day) => geography.eraOf(day))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});
