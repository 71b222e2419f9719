import { sql } from 'kysely';
import type { ConceptLexicon } from '#lib/domain/match/concepts.ts';
import type { MatchRequirement } from '#lib/domain/match/types.ts';
import type { Db } from '#lib/server/match/company-repository.ts';
import type { IndexedOpportunity } from '#lib/server/match/engine.ts';

/** Rows of opportunities as matching reads them. */

interface OpportunityRow {
  id: string;
  organisation_id: string | null;
  status: string;
  country: string;
  type: IndexedOpportunity['opportunity']['type'];
  minerals: string[];
  deadline: Date | null;
  deadline_day: string | null;
  visibility: IndexedOpportunity['opportunity']['visibility'];
  requires_vetted: boolean;
  title_ko: string;
  title_en: string;
  summary_ko: string;
  summary_en: string;
  demo: boolean;
  estimated_value_usd: number | null;
  eligible_framework: string | null;
  eligible_on: string | null;
  eligible: string[] | null;
  invited: string[];
}
interface RequirementRow {
  owner: string;
  id: string;
  must: boolean;
  weight: number;
  kind: MatchRequirement['kind'];
  capability: string | null;
  minerals: string[];
  amount: number | null;
  unit: string | null;
  certifications: string[];
  verified_only: boolean;
  countries: string[];
  language: string | null;
  min_size: 'sme' | 'midsize' | 'large' | null;
}

/** All opportunities but withdrawn ones, or the named ones; drafts are in for their own lead. */
export async function readOpportunities(
  db: Db,
  ids: readonly string[] | null,
  lexicon: ConceptLexicon,
): Promise<IndexedOpportunity[]> {
  const wanted = ids === null ? sql`true` : sql`o.id = any(${[...ids]}::uuid[])`;
  const heads = await sql<OpportunityRow>`
    select o.id, o.organisation_id, o.status, o.country, o.type, o.minerals, o.deadline,
           to_char(o.deadline at time zone o.deadline_zone, 'YYYY-MM-DD') as deadline_day,
           o.visibility, o.requires_vetted, o.title_ko, o.title_en, o.summary_ko, o.summary_en, o.demo,
           o.estimated_value_usd, o.eligible_framework, coalesce(o.eligible_on, e.day) as eligible_on,
           coalesce(o.eligible_countries, case when o.eligible_framework is not null then
             array(select distinct m.country from framework_member m where m.framework_id = o.eligible_framework
                   and m.role = 'member' and m.period @> e.day order by 1) end) as eligible,
           array(select i.organisation_id::text from opportunity_invitation i where i.opportunity_id = o.id
                 order by 1) as invited
    from opportunity o
      cross join lateral (select (coalesce(o.deadline, now()) at time zone o.deadline_zone)::date as day) e
    where ${wanted} and o.status <> 'withdrawn' order by o.id`.execute(db);
  const lines = await sql<RequirementRow>`
    select q.opportunity_id as owner, q.external_id as id, q.must, q.weight, q.kind, q.capability, q.minerals,
           q.amount, q.unit, q.certifications, q.verified_only, q.countries, q.language, q.min_size
    from requirement q join opportunity o on o.id = q.opportunity_id
    where ${wanted} and o.status <> 'withdrawn' order by q.opportunity_id, q.position`.execute(db);
  const byOwner = Map.groupBy(lines.rows, ({ owner }) => owner);
  return heads.rows.map((row) => ({
    demo: row.demo,
    deadlineAt: row.deadline?.getTime() ?? null,
    opportunity: {
      id: row.id,
      publisherId: row.organisation_id,
      open: row.status === 'published',
      country: row.country,
      type: row.type,
      minerals: row.minerals,
      requirements: (byOwner.get(row.id) ?? []).map(requirementOf),
      deadlineDay: row.deadline_day,
      visibility: row.visibility,
      requiresVetted: row.requires_vetted,
      invited: row.invited,
      eligibleCountries: row.eligible,
      eligibleUnder:
        row.eligible_framework === null || row.eligible_on === null
          ? null
          : { framework: row.eligible_framework, day: row.eligible_on },
      valueUsd: row.estimated_value_usd,
      concepts: lexicon.idsOf(row.title_ko, row.title_en, row.summary_ko, row.summary_en),
      work: (byOwner.get(row.id) ?? []).some(({ kind }) => kind === 'capability')
        ? []
        : lexicon.workOf([row.title_ko, row.title_en], [row.summary_ko, row.summary_en]),
    },
  }));
}

function requirementOf(row: RequirementRow): MatchRequirement {
  const line = { id: row.id, must: row.must, weight: row.weight };
  switch (row.kind) {
    case 'certifications_any':
      return {
        ...line,
        kind: row.kind,
        certifications: row.certifications,
        verifiedOnly: row.verified_only,
      };
    case 'country_experience':
      return { ...line, kind: row.kind, countries: row.countries };
    case 'language':
      return { ...line, kind: row.kind, language: row.language ?? '' };
    case 'min_size':
      return { ...line, kind: row.kind, minSize: row.min_size ?? 'sme' };
    case 'can_invest':
      return { ...line, kind: row.kind };
    case 'capability':
      return {
        ...line,
        kind: row.kind,
        capability: row.capability ?? '',
        minerals: row.minerals,
        amount: row.amount,
        unit: row.unit,
      };
  }
}
