import { describe, expect, it } from 'vitest';
import { roundQuantity, WIDE_PROVINCES, wideProvince } from './kept.ts';
import { PROVINCES, provinceInEnglish } from './provinces.ts';

describe('what is told of a company that keeps its name back', () => {
  it('has a part of Korea for every province, each of at least two', () => {
    for (const { ko } of PROVINCES) expect(wideProvince(ko)).not.toBe('');
    const all: string[] = WIDE_PROVINCES.flatMap(({ of }) => [...of]);
    expect(all.toSorted()).toEqual(PROVINCES.map(({ ko }) => ko).toSorted());
    for (const { ko, en, of } of WIDE_PROVINCES) {
      expect(of.length).toBeGreaterThan(1);
      expect(provinceInEnglish(ko)).toBe(en);
    }
    expect(wideProvince('어느 마을')).toBe('');
  });

  it('gives round figures', () => {
    expect(roundQuantity({ amount: 42_350, unit: 't/y' })).toEqual({
      amount: 40_000,
      unit: 't/y',
      about: true,
    });
    expect(roundQuantity({ amount: 0.0567, unit: 't/h' })?.amount).toBe(0.06);
    expect(roundQuantity({ amount: 0, unit: 't/h' })?.amount).toBe(0);
    expect(roundQuantity(null)).toBeNull();
  });
});
