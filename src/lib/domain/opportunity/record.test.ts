import { describe, expect, it } from 'vitest';
import type { Reference } from '#lib/domain/capability/reference.ts';
import { companyRecord, companyRecordFor } from '#lib/domain/company/record.ts';
import { opportunityRecord, opportunityRecordFor } from '#lib/domain/opportunity/record.ts';

const known: Reference = {
  minerals: new Set(['graphite']),
  countries: new Set(['TZ', 'KE', 'MZ']),
  capabilities: new Set(['graphite-flake-plant']),
  certifications: new Set(['iso-14001', 'iso-45001']),
  projects: new Set(['mahenge']),
};

const opportunity = {
  id: 'o-0001',
  project: 'mahenge',
  country: 'TZ',
  type: 'equipment',
  title_en: 'Filters',
  minerals: ['graphite'],
  requirements: [
    {
      id: 'q1',
      must: true,
      capability: 'graphite-flake-plant',
      minerals: ['graphite'],
      quantity: { amount: 15000, unit: 't/yr' },
    },
    { id: 'q2', must: true, certifications_any: ['iso-14001', 'iso-45001'] },
    { id: 'q3', must: false, country_experience: ['TZ', 'KE', 'MZ'] },
    { id: 'q4', must: false, language: 'en' },
  ],
  finance: ['edcf'],
  opens: '2026-09-01',
  deadline: '2026-12-31T18:00:00+03:00',
  visibility: 'public',
  status: 'open',
};
const company = {
  id: 'c-0001',
  name_ko: '가온흑연',
  size: 'sme',
  capabilities: [
    {
      id: 'k1',
      capability: 'graphite-flake-plant',
      minerals: ['graphite'],
      capacity: { amount: 20000, unit: 't/yr', year: 2026 },
      evidence: 'audited',
    },
  ],
};

/** `path: message` of every fault. */
function faults(result: {
  success: boolean;
  error?: { issues: { path: PropertyKey[]; message: string }[] };
}) {
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}
const line = (extra: object) =>
  faults(opportunityRecord.safeParse({ ...opportunity, requirements: [{ id: 'q', must: true, ...extra }] }));

describe('company record', () => {
  it('takes id, one name and size, and fills the rest', () => {
    const record = companyRecord.parse({ id: 'c', name_en: ' Gao\u0301n ', size: 'sme' });
    expect(record.name_en).toBe('Gaón');
    expect(record).toMatchObject({
      brn: null,
      capabilities: [],
      languages: [],
      published: true,
      status: null,
    });
  });

  it('checks ids against the reference data', () => {
    expect(companyRecordFor(known).safeParse(company).success).toBe(true);
    const wrong = { ...company, capabilities: [{ ...company.capabilities[0], minerals: ['흑연'] }] };
    expect(faults(companyRecordFor(known).safeParse(wrong))).toEqual([
      'capabilities.0.minerals.0: "흑연" is not known, expected an id of minerals.csv',
    ]);
  });

  it('refuses unknown fields, no name, twice the same row and a unit outside the grammar', () => {
    expect(faults(companyRecord.safeParse({ ...company, colour: 'red' })).join()).toContain('colour');
    expect(faults(companyRecord.safeParse({ id: 'c', size: 'sme' }))).toHaveLength(1);
    const [row] = company.capabilities;
    expect(faults(companyRecord.safeParse({ ...company, capabilities: [row, row] }))).toHaveLength(1);
    const tonnes = { ...row, capacity: { amount: 1, unit: 'tonnes/yr' } };
    expect(faults(companyRecord.safeParse({ ...company, capabilities: [tonnes] })).join()).toContain(
      'write t',
    );
  });
});

describe('opportunity record', () => {
  it('takes the example of the format', () => {
    expect(opportunityRecordFor(known).safeParse(opportunity).success).toBe(true);
  });

  it('asks for exactly one kind in a line', () => {
    expect(line({}).join()).toContain('exactly one of');
    expect(line({ language: 'en', min_size: 'sme' }).join()).toContain('language and min_size');
    expect(line({ language: 'en', minerals: ['graphite'] }).join()).toContain('without capability');
    expect(line({ can_invest: true })).toEqual([]);
  });

  it('asks for a deadline with offset', () => {
    expect(opportunityRecord.safeParse({ ...opportunity, deadline: '2026-12-31T18:00:00' }).success).toBe(
      false,
    );
    expect(opportunityRecord.safeParse({ ...opportunity, deadline: '2026-12-31T18:00:00Z' }).success).toBe(
      true,
    );
  });
});
