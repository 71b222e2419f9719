import { sql } from 'kysely';
import { isVettedOn, organisationOf } from '#lib/domain/account/actor.ts';
import { isMember } from '#lib/domain/account/policy.ts';
import { EVIDENCE_LEVELS, type EvidenceLevel } from '#lib/domain/company/company.ts';
import { roundQuantity } from '#lib/domain/company/kept.ts';
import type { CompanyCard } from '#lib/domain/company/view.ts';
import type { Brief } from '#lib/domain/match/brief.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import {
  capacityRatio,
  filterSuppliers,
  sortSuppliers,
  type SupplierFacets,
  type SupplierFacts,
  type SupplierFilters,
  type SupplierSort,
} from '#lib/domain/opportunity/suppliers.ts';
import type { Quantity, RequirementView } from '#lib/domain/opportunity/view.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { companyCards, maskedAmong, openCompanies, type CompanyFacts } from '#lib/server/company/queries.ts';
import { rankCompanies, type RankedCompany, type Reason } from '#lib/server/match/ranking-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { nameBook } from '#lib/server/opportunity/name-queries.ts';
import { quantityOf, type NameBook } from '#lib/server/opportunity/present.ts';
import { shortlistedFor } from '#lib/server/opportunity/shortlist-queries.ts';

/** Companies looked at for one list: the best of all that match. */
const DEEPEST = 200;

/** The row of a company's profile that answers the line asked for. */
export interface SupplierRow {
  quantity: Quantity | null;
  year: number | null;
  evidence: EvidenceLevel;
}

/** A company of a list, with what the list is filtered and sorted by. */
export interface ListedSupplier extends SupplierFacts {
  id: string;
  /** 0 to 1: of the whole notice, or of the one line asked for. */
  score: number;
  /** Points of the one line asked for; null when none is. */
  line: { points: number; max: number } | null;
  row: SupplierRow | null;
  reasons: RankedCompany['reasons'];
}

/** What is shown of a company in a list of suppliers. */
export type SupplierCompany = CompanyFacts & Pick<CompanyCard, 'certificates' | 'countries' | 'regions'>;

/** A company for a notice, or for one of its lines, as a page shows it. */
export interface Supplier extends Pick<ListedSupplier, 'score' | 'line' | 'row' | 'capacity' | 'vetted'> {
  company: SupplierCompany;
  reasons: Brief<Reason>;
  invited: boolean;
  shortlisted: boolean;
}

export interface SupplierList {
  suppliers: ListedSupplier[];
  total: number;
  /** The list was cut at the best few hundred. */
  cut: boolean;
  facets: SupplierFacets;
  considered: number;
  excluded: number;
  /** Those of some ids, in that order, with all that is shown of them; whatever the filters, as long as they match. */
  shown(ids: readonly string[]): Promise<Supplier[]>;
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
  opportunityId: string,
  { requirement, filters, sort }: SupplierRequest,
): Promise<SupplierList | null> {
  const line = requirement?.externalId ?? null;
  const ranking = await rankCompanies(ctx, opportunityId, { limit: DEEPEST, line });
  if (ranking === null) return null;
  const fitting = ranking.companies.filter((one) => one.line === null || one.line.points > 0);
  const ids = fitting.map(({ id }) => id);
  const everybody = sort === 'name' || !knowsOfAll(ctx);
  const [known, masked, rows, book] = await Promise.all([
    everybody ? companiesOf(ctx, ids) : null,
    maskedAmong(ctx, ids),
    rowsFor(ctx, ids, requirement),
    nameBook(ctx),
  ]);
  const all = fitting
    .filter(({ id }) => known === null || known.has(id))
    .map((one) => ({
      ...listed(one, {
        masked: masked.has(one.id),
        row: shownRow(rows.get(one.id) ?? null, masked.has(one.id)),
        ...{ requirement, book },
      }),
      sortName: nameIn(ctx.lang, known?.get(one.id)?.name ?? NAMELESS),
    }));
  const { matches, facets } = filterSuppliers(all, filters);
  const byId = new Map(all.map((one) => [one.id, one]));
  return {
    suppliers: sortSuppliers(matches, sort),
    total: matches.length,
    cut: ranking.cut,
    facets,
    considered: ranking.considered,
    excluded: ranking.excluded,
    async shown(wanted) {
      const [companies, invited, shortlisted] = await Promise.all([
        companiesOf(
          ctx,
          wanted.filter((id) => byId.has(id)),
        ),
        invitedTo(ctx, opportunityId),
        shortlistedFor(ctx, opportunityId),
      ]);
      return wanted.flatMap((id): Supplier[] => {
        const [one, company] = [byId.get(id), companies.get(id)];
        if (one === undefined || company === undefined) return [];
        const { score, line: points, row, capacity, vetted } = one;
        return [
          {
            company: withLists(company, one, book),
            ...{ score, line: points, capacity, vetted, reasons: one.reasons(company.masked) },
            row: shownRow(row, company.masked),
            ...{ invited: invited.has(id), shortlisted: shortlisted.has(id) },
          },
        ];
      });
    },
  };
}

const NAMELESS = { ko: '', en: '' };

/**
 * A vetted lead may know of everybody whom the gates let through, those that keep their name back included: whoever
 * is suspended, refused or not published does not come through them. Others see less.
 */
function knowsOfAll(ctx: Context): boolean {
  return isMember(ctx.actor) && ctx.actor.lead && isVettedOn(ctx.actor, koreanDay(ctx.now()));
}

/** By id; without lists where everybody may see the company. Who may not be known of is left out. */
async function companiesOf(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, CompanyFacts | CompanyCard>> {
  const open = await openCompanies(ctx, ids);
  const others = await companyCards(
    ctx,
    ids.filter((id) => !open.has(id)),
  );
  return new Map([...open, ...others.map((card): [string, CompanyCard] => [card.id, card])]);
}

function withLists(
  company: CompanyFacts | CompanyCard,
  { company: lists }: ListedSupplier,
  book: NameBook,
): SupplierCompany {
  const { id, masked, name, size, province, standing, vettedUntil } = company;
  return {
    ...{ id, masked, name, size, province, standing, vettedUntil, certificates: [...lists.certificates] },
    countries: masked ? [] : lists.countries.flatMap((country) => book.countries.get(country.id) ?? []),
    regions: 'regions' in company ? company.regions : [],
  };
}

/** Of a company that keeps its name back a round figure, and no year. */
function shownRow(row: SupplierRow | null, masked: boolean): SupplierRow | null {
  return row === null || !masked ? row : { ...row, quantity: roundQuantity(row.quantity), year: null };
}

function listed(
  one: RankedCompany,
  of: { masked: boolean; row: SupplierRow | null; requirement: RequirementView | null; book: NameBook },
): Omit<ListedSupplier, 'sortName'> {
  const { id, score, line, vetted, reasons } = one;
  return {
    ...{ id, score, line, row: of.row, value: score, vetted, reasons },
    company: {
      certificates: one.certificates.map(
        (certificate) => of.book.certifications.get(certificate) ?? certificate,
      ),
      // the countries of its experience would tell whose it is
      countries: of.masked ? [] : one.countries.map((country) => ({ id: country })),
      size: one.size,
    },
    capacity: capacityRatio(of.row?.quantity ?? null, of.requirement?.quantity ?? null),
    evidence: of.row?.evidence ?? null,
  };
}

/** A company and how it stands to a notice of the lead acted for: for the page of the pair. */
export async function supplierOf(
  ctx: Context,
  opportunityId: string,
  companyId: string,
): Promise<{ company: CompanyCard; vetted: boolean; invited: boolean; shortlisted: boolean } | null> {
  const [[company], invited, shortlisted] = await Promise.all([
    companyCards(ctx, [companyId]),
    invitedTo(ctx, opportunityId),
    shortlistedFor(ctx, opportunityId),
  ]);
  if (company === undefined) return null;
  // Of a masked company the standing says it; its day is left out.
  const vetted =
    company.standing === 'vetted' && (company.masked || (company.vettedUntil ?? '') >= koreanDay(ctx.now()));
  return { company, vetted, invited: invited.has(company.id), shortlisted: shortlisted.has(company.id) };
}

/** Companies invited to a notice of the lead acted for. */
async function invitedTo(ctx: Context, opportunityId: string): Promise<Set<string>> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || !isUuid(opportunityId)) return new Set();
  const rows = await ctx.db
    .selectFrom('opportunity_invitation')
    .innerJoin('opportunity', 'opportunity.id', 'opportunity_invitation.opportunity_id')
    .select('opportunity_invitation.organisation_id as id')
    .where('opportunity.id', '=', opportunityId)
    .where('opportunity.organisation_id', '=', organisationId)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Each company's best row for a capability line. Capacities, with their years, are for vetted leads only (DOMAIN 3.8). */
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
    .where(sql<boolean>`organisation_id = any(${[...ids]}::uuid[])`)
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
        year: seesCapacity ? row.year : null,
        evidence: row.evidence,
      },
    ]),
  );
}
