import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import {
  capacityRatio,
  filterSuppliers,
  SUPPLIER_FACETS,
  sortSuppliers,
  type SupplierFacts,
  type SupplierFilters,
} from '#lib/domain/opportunity/suppliers.ts';

const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 2 });
const supplier: fc.Arbitrary<SupplierFacts> = fc.record({
  company: fc.record({
    certificates: some(['ISO 9001', 'ISO 14001', 'ISO 45001']),
    countries: some([{ id: 'TZ' }, { id: 'KE' }]),
    size: fc.constantFrom('sme', 'large', null),
  }),
  value: fc.double({ min: 0, max: 1, noNaN: true }),
  capacity: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
  evidence: fc.constantFrom(null, ...EVIDENCE_LEVELS),
  vetted: fc.boolean(),
  sortName: fc.string({ maxLength: 4 }),
});
const filters: fc.Arbitrary<SupplierFilters> = fc.record({
  vettedOnly: fc.boolean(),
  values: fc.record({
    certificate: some(['ISO 9001', 'ISO 14001']),
    country: some(['TZ', 'KE']),
    size: some(['sme', 'large']),
    evidence: some(['audited', 'claimed']),
  }),
});

describe('suppliers of a notice', () => {
  it('count what one gets by choosing the value', () => {
    fc.assert(
      fc.property(fc.array(supplier, { maxLength: 12 }), filters, (all, chosen) => {
        const { facets } = filterSuppliers(all, chosen);
        for (const facet of SUPPLIER_FACETS)
          for (const [value, count] of Object.entries(facets[facet])) {
            const alone = { ...chosen, values: { ...chosen.values, [facet]: [value] } };
            expect(filterSuppliers(all, alone).matches).toHaveLength(count);
          }
      }),
    );
  });

  it('are sorted without losing any, equal ones in the order of the match', () => {
    fc.assert(
      fc.property(
        fc.array(supplier, { maxLength: 12 }),
        fc.constantFrom('score', 'capacity', 'name'),
        (all, sort) => {
          const sorted = sortSuppliers(all, sort);
          expect(new Set(sorted)).toEqual(new Set(all));
          if (sort === 'score')
            sorted.forEach((one, i) => expect(one.value).toBeLessThanOrEqual(sorted[i - 1]?.value ?? 1));
        },
      ),
    );
  });

  it('compare capacities in one unit, or not at all', () => {
    const asked = { amount: 60000, unit: 't/yr' };
    expect(capacityRatio({ amount: 10, unit: 'kt/month' }, asked)).toBe(2);
    expect(capacityRatio({ amount: 10, unit: 'MW' }, asked)).toBeNull();
    expect(capacityRatio(null, asked)).toBeNull();
  });
});
