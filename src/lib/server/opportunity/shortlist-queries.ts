import { organisationOf } from '#lib/domain/account/actor.ts';
import type { CompanyCard } from '#lib/domain/company/view.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { invitationsOf } from '#lib/server/opportunity/lead-queries.ts';

export interface ShortlistLine {
  id: string;
  name: string;
  opportunity: { id: string; number: string; title: Names } | null;
  companies: number;
  createdAt: string;
}

function own(ctx: Context, organisationId: string) {
  return ctx.db
    .selectFrom('shortlist')
    .leftJoin('opportunity', 'opportunity.id', 'shortlist.opportunity_id')
    .where('shortlist.organisation_id', '=', organisationId)
    .select([
      'shortlist.id',
      'shortlist.name',
      'shortlist.created_at',
      'opportunity.id as opportunity_id',
      'opportunity.number',
      'opportunity.title_ko',
      'opportunity.title_en',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof own>['execute']>>[number];

/** @param companies how many of the list the reader may see */
function present(row: Row, companies: number): ShortlistLine {
  return {
    id: row.id,
    name: row.name,
    opportunity:
      row.opportunity_id === null
        ? null
        : {
            id: row.opportunity_id,
            number: row.number ?? '',
            title: { ko: row.title_ko ?? '', en: row.title_en ?? '' },
          },
    companies,
    createdAt: row.created_at.toISOString(),
  };
}

/** The lists of the lead acted for, newest first, each with the number of companies its page shows. */
export async function shortlists(ctx: Context): Promise<ShortlistLine[]> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return [];
  const rows = await own(ctx, organisationId)
    .orderBy('shortlist.created_at', 'desc')
    .orderBy('shortlist.id', 'desc')
    .execute();
  const entries = await ctx.db
    .selectFrom('shortlist_entry')
    .innerJoin('shortlist', 'shortlist.id', 'shortlist_entry.shortlist_id')
    .select(['shortlist_entry.shortlist_id', 'shortlist_entry.company_id'])
    .where('shortlist.organisation_id', '=', organisationId)
    .execute();
  const cards = await companyCards(ctx, [...new Set(entries.map((entry) => entry.company_id))]);
  const shown = new Set(cards.map((card) => card.id));
  const counts = new Map<string, number>();
  for (const { shortlist_id: list, company_id: company } of entries)
    if (shown.has(company)) counts.set(list, (counts.get(list) ?? 0) + 1);
  return rows.map((row) => present(row, counts.get(row.id) ?? 0));
}

export interface ShortlistEntry {
  company: CompanyCard;
  note: string;
  addedAt: string;
  /** to the notice of the list */
  invited: boolean;
}

/** One list with its companies; null when it is not the actor's. Companies the actor may no longer see are left out. */
export async function shortlistForLead(
  ctx: Context,
  id: string,
): Promise<{ list: ShortlistLine; entries: ShortlistEntry[] } | null> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || !isUuid(id)) return null;
  const row = await own(ctx, organisationId).where('shortlist.id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const entries = await ctx.db
    .selectFrom('shortlist_entry')
    .select(['company_id', 'note', 'created_at'])
    .where('shortlist_id', '=', id)
    .orderBy('created_at')
    .orderBy('company_id')
    .execute();
  const cards = await companyCards(
    ctx,
    entries.map((entry) => entry.company_id),
  );
  const byId = new Map(entries.map((entry) => [entry.company_id, entry]));
  const invitations = row.opportunity_id === null ? [] : await invitationsOf(ctx, row.opportunity_id);
  const invited = new Set(invitations.map((one) => one.id));
  return {
    list: present(row, cards.length),
    entries: cards.map((company) => {
      const entry = byId.get(company.id);
      return {
        company,
        note: entry?.note ?? '',
        addedAt: (entry?.created_at ?? ctx.now()).toISOString(),
        invited: invited.has(company.id),
      };
    }),
  };
}

/** Companies on the list of a notice, for marking them in other lists. */
export async function shortlistedFor(ctx: Context, opportunityId: string): Promise<Set<string>> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || !isUuid(opportunityId)) return new Set();
  const rows = await ctx.db
    .selectFrom('shortlist_entry')
    .innerJoin('shortlist', 'shortlist.id', 'shortlist_entry.shortlist_id')
    .select('company_id')
    .where('shortlist.organisation_id', '=', organisationId)
    .where('shortlist.opportunity_id', '=', opportunityId)
    .execute();
  return new Set(rows.map((row) => row.company_id));
}
