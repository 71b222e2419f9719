import { sql, type Kysely, type Transaction } from 'kysely';
import type { CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';
import type { ConceptLexicon } from '#lib/domain/match/concepts.ts';
import type {
  MatchCapability,
  MatchCertification,
  MatchCompany,
  MatchCountry,
  MatchReferenceRow,
  MatchRequirement,
} from '#lib/domain/match/types.ts';
import type { IndexedOpportunity } from '#lib/server/match/engine.ts';
import type { IndexedCompany } from '#lib/server/match/segment.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Rows of companies and opportunities as matching reads them. */

type Db = Kysely<Database> | Transaction<Database>;

/** Companies read at a time while all are loaded: bounds the memory of a load. */
const CHUNK = 5000;

interface HeadRow {
  id: string;
  size: MatchCompany['size'] | null;
  country: string;
  standing: MatchCompany['status'];
  vetted_until: string | null;
  published: boolean;
  languages: string[];
  can_invest: boolean;
  updated_on: string;
  summary_ko: string;
  summary_en: string;
  demo: boolean;
}
type Owned<T> = T & { owner: string };

/** All companies, in id order, in chunks. Every chunk sees the same state when `db` is one transaction. */
export async function* allCompanies(db: Db, lexicon: ConceptLexicon): AsyncGenerator<IndexedCompany[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const heads = await readHeads(db, sql`o.id > ${after}::uuid`, CHUNK);
    const [first] = heads;
    const last = heads.at(-1);
    if (first === undefined || last === undefined) return;
    const within = sql`organisation_id between ${first.id}::uuid and ${last.id}::uuid`;
    yield await withRows(db, heads, within, lexicon);
    after = last.id;
  }
}

/** The named companies; those that are gone are left out. */
export async function companiesByIds(
  db: Db,
  ids: readonly string[],
  lexicon: ConceptLexicon,
): Promise<IndexedCompany[]> {
  if (ids.length === 0) return [];
  const wanted = sql`any(${[...ids]}::uuid[])`;
  const heads = await readHeads(db, sql`o.id = ${wanted}`, null);
  return withRows(db, heads, sql`organisation_id = ${wanted}`, lexicon);
}

async function readHeads(db: Db, where: ReturnType<typeof sql>, limit: number | null): Promise<HeadRow[]> {
  const { rows } = await sql<HeadRow>`
    select o.id, c.size, o.country, o.standing, o.vetted_until, c.published_at is not null as published,
           c.languages, c.can_invest, to_char(c.updated_at at time zone 'Asia/Seoul', 'YYYY-MM-DD') as updated_on,
           c.summary_ko, c.summary_en, o.demo
    from organisation o join company c on c.organisation_id = o.id
    where o.supplier and ${where} order by o.id limit ${limit}`.execute(db);
  return rows;
}

async function withRows(
  db: Db,
  heads: readonly HeadRow[],
  where: ReturnType<typeof sql>,
  lexicon: ConceptLexicon,
): Promise<IndexedCompany[]> {
  const [capabilities, certifications, references, countries] = await Promise.all([
    sql<Owned<MatchCapability>>`
      select organisation_id as owner, external_id as id, capability, minerals, amount, unit, year, evidence
      from company_capability where ${where} order by organisation_id, external_id`.execute(db),
    sql<Owned<{ id: string; valid_to: string | null; verified: boolean }>>`
      select organisation_id as owner, certification as id, valid_to, verified
      from company_certification where ${where} order by organisation_id, certification`.execute(db),
    sql<Owned<MatchReferenceRow>>`
      select organisation_id as owner, external_id as id, country, minerals, capability, year, confirmed
      from company_reference where ${where} order by organisation_id, external_id`.execute(db),
    sql<Owned<MatchCountry>>`
      select organisation_id as owner, country, kind from company_country where ${where}
      order by organisation_id, country, kind`.execute(db),
  ]);
  const take = {
    capabilities: taker(capabilities.rows),
    certifications: taker(certifications.rows),
    references: taker(references.rows),
    countries: taker(countries.rows),
  };
  return heads.map((head) => ({
    demo: head.demo,
    company: {
      id: head.id,
      size: head.size ?? 'sme',
      country: head.country,
      status: head.standing,
      vettedUntil: head.vetted_until,
      screened: false,
      published: head.published,
      capabilities: take.capabilities(head.id).map(capabilityOf),
      certifications: take.certifications(head.id).map(certificationOf),
      references: take.references(head.id).map(referenceOf),
      countries: take.countries(head.id).map(countryOf),
      languages: head.languages,
      canInvest: head.can_invest,
      updatedOn: head.updated_on,
      concepts: lexicon.idsOf(head.summary_ko, head.summary_en),
      excludes: null,
    },
  }));
}

/** Hands out the rows of one owner after another; rows and owners come in the same order. */
function taker<T extends { owner: string }>(rows: readonly T[]): (owner: string) => T[] {
  let at = 0;
  return (owner) => {
    while (at < rows.length && (rows[at]?.owner ?? '') < owner) at += 1;
    const start = at;
    while (rows[at]?.owner === owner) at += 1;
    return rows.slice(start, at);
  };
}

function capabilityOf(row: MatchCapability): MatchCapability {
  const { id, capability, minerals, amount, unit, year } = row;
  const evidence: EvidenceLevel = row.evidence;
  return { id, capability, minerals, amount, unit, year, evidence };
}
function certificationOf(row: {
  id: string;
  valid_to: string | null;
  verified: boolean;
}): MatchCertification {
  return { id: row.id, validTo: row.valid_to, verified: row.verified };
}
function referenceOf({
  id,
  country,
  minerals,
  capability,
  year,
  confirmed,
}: MatchReferenceRow): MatchReferenceRow {
  return { id, country, minerals, capability, year, confirmed };
}
function countryOf(row: MatchCountry): MatchCountry {
  const kind: CountryExperienceKind = row.kind;
  return { country: row.country, kind };
}

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
           array(select i.organisation_id::text from opportunity_invitation i where i.opportunity_id = o.id
                 order by 1) as invited
    from opportunity o where ${wanted} and o.status <> 'withdrawn' order by o.id`.execute(db);
  const lines = await sql<RequirementRow>`
    select q.opportunity_id as owner, q.external_id as id, q.must, q.weight, q.kind, q.capability, q.minerals,
           q.amount, q.unit, q.certifications, q.countries, q.language, q.min_size
    from requirement q join opportunity o on o.id = q.opportunity_id
    where ${wanted} and o.status <> 'withdrawn' order by q.opportunity_id, q.position`.execute(db);
  const take = taker(lines.rows);
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
      requirements: take(row.id).map(requirementOf),
      deadlineDay: row.deadline_day,
      visibility: row.visibility,
      requiresVetted: row.requires_vetted,
      invited: row.invited,
      eligibleCountries: null,
      valueUsd: null,
      concepts: lexicon.idsOf(row.title_ko, row.title_en, row.summary_ko, row.summary_en),
    },
  }));
}

function requirementOf(row: RequirementRow): MatchRequirement {
  const line = { id: row.id, must: row.must, weight: row.weight };
  switch (row.kind) {
    case 'certifications_any':
      return { ...line, kind: row.kind, certifications: row.certifications, verifiedOnly: false };
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

/** A point in the history of changes: everything before it is in the index. */
export interface Watermark {
  /** Changes of transactions from this one on are read again: some may not have been visible yet. */
  xmin: string;
  /** When the reference data was last loaded. */
  reference: string;
}

/** The watermark of the snapshot the statement runs on. */
export async function readWatermark(db: Db): Promise<Watermark> {
  const { rows } = await sql<Watermark>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
           coalesce((select max(loaded_at)::text from reference_file), '') as reference`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no snapshot');
  return row;
}

export interface Change {
  seq: number;
  kind: 'company' | 'opportunity' | 'project';
  id: string;
}

/** Changes since a watermark, and the watermark of this very reading. */
export async function changesSince(
  db: Db,
  { xmin }: Watermark,
): Promise<{ changes: Change[]; watermark: Watermark }> {
  const { rows } = await sql<Watermark & { changes: Change[] | null }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
           coalesce((select max(loaded_at)::text from reference_file), '') as reference,
           (select json_agg(json_build_object('seq', seq, 'kind', kind, 'id', id) order by seq)
            from entity_change where xid >= ${xmin}::xid8) as changes`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('no snapshot');
  return { changes: row.changes ?? [], watermark: { xmin: row.xmin, reference: row.reference } };
}

/** Opportunities this organisation said are not relevant to a company, or companies to an opportunity. */
export async function notRelevant(
  db: Db,
  organisationId: string,
  pair: { company: string } | { opportunity: string },
): Promise<Set<string>> {
  const rows =
    'company' in pair
      ? await db
          .selectFrom('match_feedback')
          .select('opportunity_id as id')
          .where('organisation_id', '=', organisationId)
          .where('company_id', '=', pair.company)
          .execute()
      : await db
          .selectFrom('match_feedback')
          .select('company_id as id')
          .where('organisation_id', '=', organisationId)
          .where('opportunity_id', '=', pair.opportunity)
          .execute();
  return new Set(rows.map(({ id }) => id));
}

/** external id → row id of a company's rows that explanations name. */
export async function rowIds(db: Db, companyId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; id: string }>`
    select 'capability ' || external_id as key, id::text from company_capability where organisation_id = ${companyId}::uuid
    union all
    select 'reference ' || external_id, id::text from company_reference where organisation_id = ${companyId}::uuid
    union all
    (select distinct on (certification) 'certification ' || certification, id::text from company_certification
     where organisation_id = ${companyId}::uuid order by certification, valid_to desc nulls first)`.execute(
    db,
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** source and external id of companies or opportunities. */
export async function externalIds(
  db: Db,
  table: 'organisation' | 'opportunity',
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; external_id: string }>`
    select id, external_id from ${sql.table(table)} where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, external_id }) => [id, external_id]));
}

/** Rows a file's id may mean: by external id, within a source when one is named. */
export async function findByExternalId(
  db: Db,
  table: 'organisation' | 'opportunity',
  externalId: string,
  source: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)}
    where external_id = ${externalId} and (${source}::text is null or import_source = ${source})
    order by import_source, id limit 2`.execute(db);
  return rows.map(({ id }) => id);
}
