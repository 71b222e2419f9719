import { describe, expect, it } from 'vitest';
import { capabilityForm, capacityFaults, identityForm, tidyUnit } from '#lib/domain/company/profile.ts';

const TOKEN = '0199b1c2-0000-7000-8000-000000000001';

describe('units as people type them', () => {
  it.each([
    ['톤/년', 't/yr'],
    ['t/년', 't/yr'],
    ['t / year', 't/yr'],
    ['t/y', 't/yr'],
    ['m³/일', 'm3/day'],
    ['개 시료/년', 'samples/yr'],
    ['t LCE/yr', 't LCE/yr'],
    ['MW', 'MW'],
    ['톤', 't'],
    ['t/fortnight', 't/fortnight'],
    ['', ''],
  ])('%j is %j', (typed, unit) => {
    expect(tidyUnit(typed)).toBe(unit);
  });

  it('outside the grammar are refused', () => {
    const form = { token: TOKEN, capability: 'x', evidence: 'claimed', amount: '60,000' };
    expect(capabilityForm(2026).safeParse({ ...form, unit: 't/년' })).toMatchObject({
      success: true,
      data: { amount: 60_000, unit: 't/yr' },
    });
    const issues = capabilityForm(2026).safeParse({ ...form, unit: '육만' }).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path[0], issue.message])).toEqual([['unit', 'bad-unit']]);
  });
});

describe('a capacity', () => {
  it.each([
    [{ amount: null, unit: '', year: null }, {}],
    [{ amount: 60_000, unit: 't/yr', year: 2026 }, {}],
    [{ amount: 60_000, unit: '', year: null }, { unit: 'required' }],
    [{ amount: null, unit: 't/yr', year: null }, { amount: 'required' }],
    [{ amount: 0, unit: 't/yr', year: null }, { amount: 'not-positive' }],
    [{ amount: 1, unit: 't/yr', year: 2027 }, { year: 'year-range:1950-2026' }],
  ])('%j → %j', (input, faults) => {
    expect(capacityFaults(input, 2026)).toEqual(faults);
  });
});

it('former names are one a line, without blanks and doubles', () => {
  const parsed = identityForm(2026).parse({
    name_ko: '가온선광(주)',
    name_en: 'Gaon',
    former_names: ' 가온기계 \n\n가온기계\r\n가온산업',
    size: 'sme',
    province: '서울특별시',
  });
  expect(parsed.former_names).toEqual(['가온기계', '가온산업']);
});
