import { isVettedOn } from '#lib/domain/account/actor.ts';
import { EVIDENCE_LEVELS, type EvidenceLevel } from '#lib/domain/company/company.ts';
import { roundQuantity } from '#lib/domain/company/kept.ts';
import type { CompanyCard } from '#lib/domain/company/view.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import {
  capacityRatio,
  filterSuppliers,
  sortSuppliers,
  type SupplierFacets,
  type SupplierFacts,
  type SupplierFilters,
  type SupplierSort,
} from '#lib/domain/opportunity/suppliers.ts';
import type { OpportunityView, Quantity, RequirementView } from '#lib/domain/opportunity/view.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { matchesForOpportunity } from '#lib/server/match/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { invitationsOf } from '#lib/server/opportunity/lead-queries.ts';
import { quantityOf } from '#lib/server/opportunity/present.ts';
import { shortlistedFor } from '#lib/server/opportunity/shortlist-queries.ts';

/** Companies looked at for one list: the best of all that match. */
const DEEPEST = 200;

/** The row of a company's profile that answers the line asked for. */
export interface SupplierRow {
  quantity: Quantity | null;
  year: number | null;
  evidence: EvidenceLevel;
}

/** A company for a notice, or for one of its lines. */
export interface Supplier extends SupplierFacts {
  company: CompanyCard;
  /** 0 to 1: of the whole notice, or of the one line asked for. */
  score: number;
  /** Points of the one line asked for; null when none is. */
  line: { points: number; max: number } | null;
  row: SupplierRow | null;
  why: Explanation;
  invited: boolean;
  shortlisted: boolean;
}

export interface SupplierList {
  suppliers: Supplier[];
  total: number;
  /** The list was cut at the best few hundred. */
  cut: boolean;
  facets: SupplierFacets;
  considered: number;
  excluded: number;
}

export interface SupplierRequest {
  requirement: RequirementView | null;
  filters: SupplierFilters;
  sort: SupplierSort;
}

/**
 * Companies that fit a notice of the lead acted for, best first; for one line, those that bring anything to it,
 * whether or not they meet the others: a notice may be filled by several. Null when the notice is not in the matching index or not the actor's.
 */
export async function suppliersFor(
  ctx: Context,
  view: OpportunityView,
  { requirement, filters, sort }: SupplierRequest,
): Promise<SupplierList | null> {
  const list = await matchesForOpportunity(ctx, view.id, {
    limit: DEEPEST,
    ...(requirement === null ? {} : { line: requirement.externalId }),
  });
  if (list === null) return null;
  const ids = list.items.map((item) => item.id);
  const [cards, invitations, shortlisted, rows] = await Promise.all([
    companyCards(ctx, ids),
    invitationsOf(ctx, view.id),
    shortlistedFor(ctx, view.id),
    rowsFor(ctx, ids, requirement),
  ]);
  const byId = new Map(cards.map((card) => [card.id, card]));
  const invited = new Set(invitations.map((one) => one.id));
  const today = koreanDay(ctx.now());
  const all = list.items.flatMap((item): Supplier[] => {
    const company = byId.get(item.id);
    if (company === undefined) return [];
    const line = requirement === null ? null : linePoints(item.why, requirement);
    if (line !== null && line.points <= 0) return [];
    const row = shownRow(rows.get(item.id) ?? null, company.masked);
    return [
      {
        company,
        score: item.score,
        value: item.score,
        line,
        row,
        capacity: capacityRatio(row?.quantity ?? null, requirement?.quantity ?? null),
        evidence: row?.evidence ?? null,
        // Of a masked company the standing says it; its day is left out.
        vetted: company.standing === 'vetted' && (company.masked || (company.vettedUntil ?? '') >= today),
        sortName: nameIn(ctx.lang, company.name),
        why: item.why,
        invited: invited.has(item.id),
        shortlisted: shortlisted.has(item.id),
      },
    ];
  });
  const { matches, facets } = filterSuppliers(all, filters);
  return {
    suppliers: sortSuppliers(matches, sort),
    total: matches.length,
    cut: list.total > DEEPEST,
    facets,
    considered: list.considered,
    excluded: list.excluded,
  };
}

/** Of a company that keeps its name back a round figure, and no year. */
function shownRow(row: SupplierRow | null, masked: boolean): SupplierRow | null {
  return row === null || !masked ? row : { ...row, quantity: roundQuantity(row.quantity), year: null };
}

function linePoints(why: Explanation, line: RequirementView): { points: number; max: number } {
  const parts = why.parts.filter((part) => part.requirement === line.externalId);
  return {
    points: parts.reduce((sum, part) => sum + part.points, 0),
    max: parts.reduce((sum, part) => sum + part.max, 0),
  };
}

/** Each company's best row for a capability line. Capacities are for vetted leads only (DOMAIN 3.8). */
async function rowsFor(
  ctx: Context,
  ids: readonly string[],
  line: RequirementView | null,
): Promise<Map<string, SupplierRow>> {
  const capability = line?.capability?.id;
  if (line === null || capability === undefined || ids.length === 0) return new Map();
  const seesCapacity = isVettedOn(ctx.actor, koreanDay(ctx.now()));
  const minerals = line.minerals.map(({ id }) => id);
  const rows = await ctx.db
    .selectFrom('company_capability')
    .select(['organisation_id', 'minerals', 'amount', 'unit', 'year', 'evidence'])
    .where('organisation_id', 'in', ids)
    .where('capability', '=', capability)
    .execute();
  const rank = (row: (typeof rows)[number]) =>
    (minerals.some((id) => row.minerals.includes(id)) ? 10 : 0) + EVIDENCE_LEVELS.indexOf(row.evidence);
  rows.sort((a, b) => rank(a) - rank(b));
  return new Map(
    rows.map((row) => [
      row.organisation_id,
      {
        quantity: seesCapacity ? quantityOf(row.amount, row.unit) : null,
        year: row.year,
        evidence: row.evidence,
      },
    ]),
  );
}
