import { describe, expect, it } from 'vitest';
import { missingForPublication, nextItem, profileItems, stepDone } from '#lib/domain/company/completeness.ts';
import { diffSnapshots, sameSnapshot } from '#lib/domain/company/diff.ts';
import type { CompanySnapshot, SnapshotCapability } from '#lib/domain/company/snapshot.ts';

const EMPTY: CompanySnapshot = {
  format: 1,
  identity: {
    nameKo: '가온선광(주)',
    nameEn: '',
    formerNames: [],
    brn: null,
    crn: null,
    lei: null,
    country: 'KR',
    size: null,
    incorporatedOn: null,
    founded: null,
    province: '',
    employees: null,
    representative: '',
    website: '',
    ksic: [],
    ksicRevision: 10,
    summaryKo: '',
    summaryEn: '',
  },
  capabilities: [],
  certifications: [],
  references: [],
  countries: [],
  reach: {
    languages: [],
    canInvest: false,
    ownEquityUsd: null,
    pseudonymous: false,
    excludedCountries: [],
    excludedTypes: [],
    minimumValueUsd: null,
  },
};

const FLOTATION: SnapshotCapability = {
  id: 'k1',
  capability: 'flotation',
  minerals: ['graphite'],
  amount: 60_000,
  unit: 't/yr',
  year: 2026,
  evidence: 'document',
  noteKo: '',
  noteEn: '',
  file: { id: 'f1', name: 'a.pdf', sha256: 'aa' },
};

const FULL: CompanySnapshot = {
  ...EMPTY,
  identity: {
    ...EMPTY.identity,
    nameEn: 'Gaon',
    brn: '1248100998',
    size: 'sme',
    province: '경상북도',
    representative: '가나다',
    summaryKo: '선광',
    summaryEn: 'Beneficiation',
  },
  capabilities: [FLOTATION],
  reach: { ...EMPTY.reach, languages: ['ko', 'en'] },
};

describe('completeness', () => {
  it('starts with what stands in the way of publishing, in the order of the steps', () => {
    expect(missingForPublication(EMPTY).map((item) => item.id)).toEqual([
      'names',
      'brn',
      'size',
      'province',
      'representative',
      'summary-ko',
      'summary-en',
      'capability',
      'languages',
    ]);
    expect(nextItem(profileItems(EMPTY), new Map([['languages', 9]]))?.id).toBe('names');
  });

  it('then follows the gain, the earlier of equals first', () => {
    const items = profileItems(FULL);
    expect(missingForPublication(FULL)).toEqual([]);
    expect(nextItem(items, new Map())?.id).toBe('ksic');
    expect(
      nextItem(
        items,
        new Map([
          ['country', 3],
          ['certificate', 3],
          ['reference', 1],
        ]),
      )?.id,
    ).toBe('certificate');
  });

  it('asks for a year only where there is an amount', () => {
    const without: CompanySnapshot = {
      ...FULL,
      capabilities: [{ ...FLOTATION, amount: null, unit: null, year: null }],
    };
    const state = new Map(profileItems(without).map((item) => [item.id, item.done]));
    expect(state.get('capacity')).toBe(false);
    expect(state.get('capacity-year')).toBe(true);
  });

  it('knows which step is done', () => {
    expect(stepDone(profileItems(EMPTY), 'identity')).toBe(false);
    expect(stepDone(profileItems(FULL), 'identity')).toBe(true);
    expect(stepDone(profileItems(EMPTY), 'evidence')).toBe(true);
  });
});

describe('differences', () => {
  it('are none between equals', () => {
    expect(diffSnapshots(FULL, structuredClone(FULL))).toEqual([]);
    expect(sameSnapshot(FULL, { ...FULL })).toBe(true);
  });

  it('name field, before and after', () => {
    const after = {
      ...FULL,
      identity: { ...FULL.identity, employees: 120 },
      reach: { ...FULL.reach, canInvest: true },
    };
    expect(diffSnapshots(FULL, after)).toEqual([
      { section: 'identity', kind: 'changed', field: 'employees', before: null, after: 120 },
      { section: 'reach', kind: 'changed', field: 'canInvest', before: false, after: true },
    ]);
  });

  it('tell added, changed and removed entries apart', () => {
    const drying = { ...FLOTATION, id: 'k2', capability: 'drying', file: null };
    const before = { ...FULL, capabilities: [FLOTATION, drying] };
    const after = {
      ...FULL,
      capabilities: [
        { ...FLOTATION, amount: 42_000 },
        { ...drying, id: 'k3' },
      ],
    };
    expect(diffSnapshots(before, after)).toMatchObject([
      {
        section: 'capabilities',
        kind: 'changed',
        id: 'k1',
        fields: [{ field: 'amount', before: 60_000, after: 42_000 }],
      },
      { kind: 'added', id: 'k3', entry: { kind: 'capability', id: 'drying' } },
      { kind: 'removed', id: 'k2' },
    ]);
  });

  it('see a replaced file, and not a file kept under another row', () => {
    const withFile = (file: SnapshotCapability['file']) => ({
      ...FULL,
      capabilities: [{ ...FLOTATION, file }],
    });
    expect(sameSnapshot(FULL, withFile({ id: 'f2', name: 'a.pdf', sha256: 'aa' }))).toBe(true);
    expect(diffSnapshots(FULL, withFile({ id: 'f1', name: 'a.pdf', sha256: 'bb' }))).toHaveLength(1);
  });
});
