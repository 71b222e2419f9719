import { convert, parseUnit } from '#lib/domain/capability/quantity.ts';
import type { EvidenceLevel } from '#lib/domain/company/company.ts';
import type { Quantity } from '#lib/domain/opportunity/view.ts';

/** Filters, counts and order of the companies that match a notice. Pure: works on what was read. */

export const SUPPLIER_FACETS = ['certificate', 'country', 'size', 'evidence'] as const;
export type SupplierFacet = (typeof SUPPLIER_FACETS)[number];

export const SUPPLIER_SORTS = ['score', 'capacity', 'name'] as const;
export type SupplierSort = (typeof SUPPLIER_SORTS)[number];

export interface SupplierFilters {
  /** Only companies whose vetting is valid. */
  vettedOnly: boolean;
  values: Record<SupplierFacet, readonly string[]>;
}

export type SupplierFacets = Record<SupplierFacet, Record<string, number>>;

/** What filters and order look at. */
export interface SupplierFacts {
  company: { certificates: readonly string[]; countries: readonly { id: string }[]; size: string | null };
  /** Points of the line asked for, or of the whole notice. */
  value: number;
  /** Capacity of the best row as a multiple of what is asked; null when it cannot be told. */
  capacity: number | null;
  evidence: EvidenceLevel | null;
  vetted: boolean;
  sortName: string;
}

function valuesOf(one: SupplierFacts, facet: SupplierFacet): readonly string[] {
  switch (facet) {
    case 'certificate':
      return one.company.certificates;
    case 'country':
      return one.company.countries.map(({ id }) => id);
    case 'size':
      return one.company.size === null ? [] : [one.company.size];
    case 'evidence':
      return one.evidence === null ? [] : [one.evidence];
  }
}

/** Any of the values of one filter, all of the filters. */
function passes(one: SupplierFacts, filters: SupplierFilters, except: SupplierFacet | null): boolean {
  if (filters.vettedOnly && !one.vetted) return false;
  return SUPPLIER_FACETS.every((facet) => {
    const wanted = filters.values[facet];
    if (facet === except || wanted.length === 0) return true;
    return valuesOf(one, facet).some((value) => wanted.includes(value));
  });
}

/** Those that pass, and for each value how many one gets by choosing it (its own filter left out). */
export function filterSuppliers<T extends SupplierFacts>(
  all: readonly T[],
  filters: SupplierFilters,
): { matches: T[]; facets: SupplierFacets } {
  const facets: SupplierFacets = { certificate: {}, country: {}, size: {}, evidence: {} };
  for (const facet of SUPPLIER_FACETS)
    for (const one of all)
      if (passes(one, filters, facet))
        for (const value of new Set(valuesOf(one, facet)))
          facets[facet][value] = (facets[facet][value] ?? 0) + 1;
  return { matches: all.filter((one) => passes(one, filters, null)), facets };
}

const collator = new Intl.Collator('ko', { numeric: true });

/** A sorted copy; equal ones keep their order, which is that of the match. */
export function sortSuppliers<T extends SupplierFacts>(list: readonly T[], sort: SupplierSort): T[] {
  const by: Record<SupplierSort, (a: T, b: T) => number> = {
    score: (a, b) => b.value - a.value,
    capacity: (a, b) => (b.capacity ?? -1) - (a.capacity ?? -1),
    name: (a, b) => collator.compare(a.sortName, b.sortName),
  };
  return list.toSorted(by[sort]);
}

/** A capacity as a multiple of what is asked; null when the two cannot be compared. */
export function capacityRatio(held: Quantity | null, asked: Quantity | null): number | null {
  if (held === null || asked === null) return null;
  const [from, to] = [parseUnit(held.unit), parseUnit(asked.unit)];
  if (!from.ok || !to.ok) return null;
  const amount = convert(held.amount, from.unit, to.unit);
  return amount === null ? null : amount / asked.amount;
}

/** Most companies side by side. */
export const MOST_COMPARED = 4;

/** What an address asks of a list of suppliers; unknown values are left out. */
export interface SupplierQuery {
  filters: SupplierFilters;
  sort: SupplierSort;
  /** Ids to stand side by side, at most four. */
  compare: string[];
}

const LONGEST = 100;

export function supplierQuery(params: URLSearchParams): SupplierQuery {
  const values = (name: string) =>
    [...new Set(params.getAll(name))].filter((value) => value !== '' && value.length <= LONGEST).slice(0, 50);
  return {
    filters: {
      vettedOnly: params.get('all') !== '1',
      values: {
        certificate: values('certificate'),
        country: values('country'),
        size: values('size'),
        evidence: values('evidence'),
      },
    },
    sort: SUPPLIER_SORTS.find((sort) => sort === params.get('sort')) ?? 'score',
    compare: values('compare').slice(0, MOST_COMPARED),
  };
}
