import { pageNumber, pageOf, PER_PAGE } from '#lib/domain/form/paging.ts';
import { supplierQuery, type SupplierFacets, type SupplierQuery } from '#lib/domain/opportunity/suppliers.ts';
import type { Named, RequirementView } from '#lib/domain/opportunity/view.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { nameBook } from '#lib/server/opportunity/name-queries.ts';
import { suppliersFor, type Supplier } from '#lib/server/opportunity/supplier-queries.ts';

/** Side by side the whole notice counts, also when the list was made for one line. */
export interface ComparedSupplier extends Supplier {
  whole: Explanation;
}

/** What a page of suppliers shows; the same for a whole notice and for one of its lines. */
export interface SupplierPage {
  query: SupplierQuery;
  /** Null: the matching index does not hold the notice. */
  found: {
    suppliers: Supplier[];
    /** In the order of the address. */
    compared: ComparedSupplier[];
    /** The best three of the list as it stands, for one click to compare them. */
    best: string[];
    total: number;
    cut: boolean;
    facets: SupplierFacets;
    page: number;
    perPage: number;
    considered: number;
    excluded: number;
  } | null;
  /** Those that the list can be filtered by. */
  countries: Named[];
}

/** Suppliers of a notice, or of one of its lines, as an address asks for them. */
export async function supplierPage(
  ctx: Context,
  params: URLSearchParams,
  opportunityId: string,
  requirement: RequirementView | null,
): Promise<SupplierPage> {
  const query = supplierQuery(params);
  const list = await suppliersFor(ctx, opportunityId, {
    requirement,
    filters: query.filters,
    sort: query.sort,
  });
  if (list === null) return { query, found: null, countries: [] };
  const { suppliers, shown, ...rest } = list;
  const page = pageNumber(params.get('page'), list.total);
  const ids = pageOf(suppliers, page).map(({ id }) => id);
  const [described, { countries }] = await Promise.all([
    shown([...new Set([...ids, ...query.compare])]),
    nameBook(ctx),
  ]);
  const byId = new Map(described.map((one) => [one.company.id, one]));
  return {
    query,
    found: {
      ...rest,
      suppliers: ids.flatMap((id) => byId.get(id) ?? []),
      compared: await withWhole(
        ctx,
        opportunityId,
        query.compare.flatMap((id) => byId.get(id) ?? []),
      ),
      best: suppliers.slice(0, 3).map(({ id }) => id),
      page,
      perPage: PER_PAGE,
    },
    countries: [...new Set([...Object.keys(list.facets.country), ...query.filters.values.country])].flatMap(
      (id) => countries.get(id) ?? [],
    ),
  };
}

async function withWhole(
  ctx: Context,
  opportunity: string,
  suppliers: readonly Supplier[],
): Promise<ComparedSupplier[]> {
  const wholes = await Promise.all(
    suppliers.map((one) => explainPair(ctx, { opportunity, company: one.company.id })),
  );
  return suppliers.flatMap((one, at) => {
    const whole = wholes[at] ?? null;
    return whole === null ? [] : [{ ...one, whole }];
  });
}
