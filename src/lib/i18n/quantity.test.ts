import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatEven,
  formatMostPoints,
  formatNumber,
  formatPoints,
  formatQuantity,
  formatUnit,
} from './quantity.ts';

describe('formatQuantity', () => {
  it.each([
    [60_000, 't/yr', '연 6만 톤', '60,000 t per year'],
    [42_000, 't/yr', '연 4만 2천 톤', '42,000 t per year'],
    [1_800_000, 't', '180만 톤', '1,800,000 t'],
    [310_000_000, 't', '3억 1,000만 톤', '310,000,000 t'],
    [12_345, 't', '1만 2,345톤', '12,345 t'],
    [500, 't', '500톤', '500 t'],
    [0.4, 'Mt/yr', '연 40만 톤', '0.4 Mt per year'],
    [4_200, 't LCE/yr', '연 4,200톤(LCE 기준)', '4,200 t LCE per year'],
    [50, 'kg', '50kg', '50 kg'],
    [1_200, 'm3/day', '하루 1,200m³', '1,200 m³ per day'],
    [20, 'MW', '20MW', '20 MW'],
    [300, 'people', '300명', '300 people'],
    [3, 'crushers', '3 crushers', '3 crushers'],
  ])('%d %s', (amount, unit, ko, en) => {
    expect(formatQuantity('ko', amount, unit)).toBe(ko);
    expect(formatQuantity('en', amount, unit)).toBe(en);
  });

  it('shows a unit outside the grammar as it is written', () => {
    expect(formatQuantity('en', 2, 'µg/l')).toBe('2 µg/l');
  });
});

describe('numbers', () => {
  it('carry their unit', () => {
    expect(formatNumber('ko', 1234567.891)).toBe('1,234,567.89');
    expect(formatPoints('ko', 0.345)).toBe('34.5');
    expect(formatPoints('en', 0.4)).toBe('40.0');
    expect(formatMostPoints('en', 0.4)).toBe('40');
    expect(formatMostPoints('en', 0.345)).toBe('34.5');
    expect(formatEven('en', 1200)).toBe('1,200.0');
    expect(formatBytes('ko', 20 * 1024 * 1024)).toBe('20MB');
    expect(formatBytes('en', 400 * 1024)).toBe('400 KB');
    expect(formatUnit('ko', 't/yr')).toBe('톤/년');
    expect(formatUnit('en', 't LCE/yr')).toBe('t LCE per year');
  });
});
