import { sql, type Kysely } from 'kysely';
import type {
  CompanyRow,
  IndexKind,
  OpportunityRow,
  ProjectRow,
  Visibility,
} from '#lib/domain/search/document.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** The rows that search documents are built from: one statement a batch, only the columns that are searched. */

type Db = Kysely<Database>;

type Read<T> = Omit<T, 'version' | 'updatedAt'> & { updatedAt: string };

const stageOf = sql`(select stage from capability where id = x.capability)`;

function linesOf(from: ReturnType<typeof sql>) {
  return sql`coalesce((select jsonb_agg(jsonb_build_object('capability', x.capability, 'stage', ${stageOf},
    'minerals', x.minerals, 'notes', x.notes)) from (${from}) x), '[]')`;
}

/** Companies by id. Those that keep their name back are found only by themselves and by officials. */
async function companies(db: Db, ids: readonly string[]): Promise<Read<CompanyRow>[]> {
  const { rows } = await sql<Read<CompanyRow>>`
    select o.id, o.import_source as source, o.external_id as "externalId", c.updated_at as "updatedAt",
      o.name_ko as "nameKo", o.name_en as "nameEn", o.former_names as "formerNames", o.brn, o.crn, o.lei,
      c.website, c.size, c.province, c.summary_ko as "summaryKo", c.summary_en as "summaryEn",
      ${linesOf(sql`select capability, minerals, array[note_ko, note_en] as notes from company_capability
        where organisation_id = o.id`)} as capabilities,
      coalesce((select array_agg(distinct certification) from company_certification where organisation_id = o.id),
        '{}') as certifications,
      coalesce((select jsonb_agg(jsonb_build_object('title', title, 'client', client, 'country', country,
        'capability', capability, 'minerals', minerals)) from company_reference where organisation_id = o.id),
        '[]') as references,
      coalesce((select array_agg(distinct country) from company_country where organisation_id = o.id), '{}') as countries,
      o.standing as status, c.published_at is not null as published, c.pseudonymous as masked,
      coalesce((select array_agg(distinct p.lead_id) from interest_party p where p.company_id = o.id
        and p.company_named and p.status is distinct from 'withdrawn' and p.lead_id is not null
          -- an invitation tells only what was kept back
          and (p.interest_id is not null or p.company_keeps)), '{}') as "knownTo"
    from organisation o join company c on c.organisation_id = o.id
    where o.id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/**
 * Opportunities by id, with the visibility that follows from their status. What one keeps back (publisher, project,
 * place, its name in a partner's system) is in no document, for no reader: counts and guesses would tell it.
 */
async function opportunities(db: Db, ids: readonly string[]): Promise<Read<OpportunityRow>[]> {
  const { rows } = await sql<Read<OpportunityRow> & { audience: Visibility; wasPublished: boolean }>`
    select p.id, p.import_source as source, p.number,
      case when p.pseudonymous then p.id::text else p.external_id end as "externalId", p.updated_at as "updatedAt",
      p.title_ko as "titleKo", p.title_en as "titleEn", p.summary_ko as "summaryKo", p.summary_en as "summaryEn",
      case when p.pseudonymous then '' else p.publisher end as publisher,
      case when p.pseudonymous then '{}' else array_remove(array[j.name_ko, j.name_en], null) end as "projectNames",
      case when p.pseudonymous then '' else p.place end as place, p.country, p.type,
      p.minerals, p.finance, p.deadline, p.status, p.visibility as audience,
      p.published_at is not null as "wasPublished", p.organisation_id as owner,
      ${linesOf(sql`select capability, minerals, '{}'::text[] as notes from requirement
        where opportunity_id = p.id and capability is not null`)} as requirements,
      coalesce((select array_agg(distinct c) from requirement r, unnest(r.certifications) c
        where r.opportunity_id = p.id), '{}') as certifications,
      coalesce((select array_agg(distinct organisation_id) from (
        select organisation_id from opportunity_invitation where opportunity_id = p.id
        union all select organisation_id from interest where opportunity_id = p.id
        union all select organisation_id from team_member where opportunity_id = p.id and state in ('accepted', 'ended')) known), '{}') as invited
    from opportunity p left join project j on j.id = p.project_id
    where p.id = any(${ids}::uuid[])`.execute(db);
  return rows.map((row) => ({
    ...row,
    visibility: opportunityVisibility(row.status, row.audience, row.wasPublished),
    // An invitation or expression of interest opens no draft.
    invited: ['published', 'closed', 'withdrawn'].includes(row.status) ? row.invited : [],
    status: row.status === 'published' ? 'open' : row.status,
    deadline: row.deadline === null ? null : new Date(row.deadline),
  }));
}

function opportunityVisibility(status: string, audience: Visibility, wasPublished: boolean): Visibility {
  if (status === 'published' || status === 'closed') return audience;
  if (status === 'submitted' || (status === 'withdrawn' && wasPublished)) return 'hidden';
  return 'private';
}

async function projects(db: Db, ids: readonly string[]): Promise<Read<ProjectRow>[]> {
  const { rows } = await sql<Read<ProjectRow>>`
    select p.id, p.import_source as source, p.external_id as "externalId", p.updated_at as "updatedAt",
      coalesce(p.name_ko, '') as "nameKo", p.name_en as "nameEn", coalesce(p.summary_ko, '') as "summaryKo",
      p.summary_en as "summaryEn", p.operator, p.korean_participants || p.korean_participants_ko as participants,
      p.country, p.phase,
      coalesce((select array_agg(mineral_id) from project_mineral where project_id = p.id), '{}') as minerals,
      coalesce((select array_agg(stage) from project_stage where project_id = p.id), '{}') as stages
    from project p where p.id = any(${ids}::text[])`.execute(db);
  return rows;
}

/** A number that rises: drawn before rows are read, it is the version of the documents built from them. */
export async function drawVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`select nextval('search_version') as version`.execute(db);
  return rows[0]?.version ?? 0;
}

const complete = <T>(
  rows: readonly Read<T>[],
  version: number,
): (Read<T> & { version: number; updatedAt: Date })[] =>
  rows.map((row) => ({ ...row, version, updatedAt: new Date(row.updatedAt) })) as (Read<T> & {
    version: number;
    updatedAt: Date;
  })[];

export const readRows = {
  company: async (db: Db, ids: readonly string[], version: number) =>
    complete(await companies(db, ids), version),
  opportunity: async (db: Db, ids: readonly string[], version: number) =>
    complete(await opportunities(db, ids), version),
  project: async (db: Db, ids: readonly string[], version: number) =>
    complete(await projects(db, ids), version),
};

const SOURCES = {
  company: sql`select organisation_id::text as id from company`,
  opportunity: sql`select id::text as id from opportunity`,
  project: sql`select id from project`,
} as const;

const NO_UUID = '00000000-0000-0000-0000-000000000000';

/** Ids of a kind after `after` (empty: from the first), in the order of the primary key, at most `most`. */
export async function idsAfter(db: Db, kind: IndexKind, after: string, most: number): Promise<string[]> {
  const from = after === '' && kind !== 'project' ? NO_UUID : after;
  const pages = {
    company: sql<{ id: string }>`select organisation_id as id from company
      where organisation_id > ${from}::uuid order by organisation_id limit ${most}`,
    opportunity: sql<{
      id: string;
    }>`select id from opportunity where id > ${from}::uuid order by id limit ${most}`,
    project: sql<{ id: string }>`select id from project where id > ${from} order by id limit ${most}`,
  };
  const { rows } = await pages[kind].execute(db);
  return rows.map((row) => row.id);
}

export async function countSources(db: Db, kind: IndexKind): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${SOURCES[kind]}) s`.execute(db);
  return rows[0]?.n ?? 0;
}

/** A moment in the order of transactions: everything that commits later has changes at or after it. */
export async function changeMark(db: Db): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as mark`.execute(db);
  return rows[0]?.mark ?? '0';
}

/** Rows changed since a time. */
export async function idsChangedSince(db: Db, kind: IndexKind, since: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from entity_change where kind = ${kind} and at >= ${since}`.execute(db);
  return rows.map((row) => row.id);
}

/** Rows whose changes were not yet committed at the mark. */
export async function idsChangedAfter(db: Db, kind: IndexKind, mark: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct id from entity_change where kind = ${kind} and xid >= ${mark}::xid8`.execute(db);
  return rows.map((row) => row.id);
}
