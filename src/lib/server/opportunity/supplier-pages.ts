import { pageNumber, pageOf, PER_PAGE } from '#lib/domain/form/paging.ts';
import { supplierQuery, type SupplierFacets, type SupplierQuery } from '#lib/domain/opportunity/suppliers.ts';
import type { OpportunityView, RequirementView } from '#lib/domain/opportunity/view.ts';
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
  countries: Map<string, { id: string; ko: string; en: string }>;
}

/** Suppliers of a notice, or of one of its lines, as an address asks for them. */
export async function supplierPage(
  ctx: Context,
  params: URLSearchParams,
  view: OpportunityView,
  requirement: RequirementView | null,
): Promise<SupplierPage> {
  const query = supplierQuery(params);
  const [list, everyone, book] = await Promise.all([
    suppliersFor(ctx, view, { requirement, filters: query.filters, sort: query.sort }),
    query.compare.length === 0
      ? null
      : suppliersFor(ctx, view, {
          requirement,
          filters: { vettedOnly: false, values: { certificate: [], country: [], size: [], evidence: [] } },
          sort: 'score',
        }),
    nameBook(ctx),
  ]);
  const countries = new Map(book.countries);
  if (list === null) return { query, found: null, countries };
  const page = pageNumber(params.get('page'), list.total);
  const { suppliers, ...rest } = list;
  const byId = new Map((everyone?.suppliers ?? []).map((one) => [one.company.id, one]));
  return {
    query,
    found: {
      ...rest,
      suppliers: pageOf(suppliers, page),
      compared: await withWhole(
        ctx,
        view.id,
        query.compare.flatMap((id) => byId.get(id) ?? []),
      ),
      best: suppliers.slice(0, 3).map((one) => one.company.id),
      page,
      perPage: PER_PAGE,
    },
    countries,
  };
}

async function withWhole(
  ctx: Context,
  opportunity: string,
  suppliers: readonly Supplier[],
): Promise<ComparedSupplier[]> {
  return await Promise.all(
    suppliers.map(async (one) => ({
      ...one,
      whole: (await explainPair(ctx, { opportunity, company: one.company.id })) ?? one.why,
    })),
  );
}
