import { sql, type Kysely, type Transaction } from 'kysely';
import { COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import type { ConceptLexicon } from '#lib/domain/match/concepts.ts';
import type {
  MatchCapability,
  MatchCertification,
  MatchCompany,
  MatchCountry,
  MatchExclusions,
  MatchReferenceRow,
} from '#lib/domain/match/types.ts';
import { OPPORTUNITY_TYPES } from '#lib/domain/opportunity/opportunity.ts';
import type { IndexedCompany } from '#lib/server/match/segment-columns.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Rows of companies as matching reads them. */

export type Db = Kysely<Database> | Transaction<Database>;

/** Companies read at a time while all are loaded: bounds the memory of a load. */
const CHUNK = 5000;

interface HeadRow {
  id: string;
  size: MatchCompany['size'] | null;
  country: string;
  standing: MatchCompany['status'];
  vetted_until: string | null;
  published: boolean;
  languages: string;
  can_invest: boolean;
  updated_on: string;
  summary_ko: string;
  summary_en: string;
  demo: boolean;
  screened: boolean;
  excluded_countries: string;
  excluded_types: string;
  minimum_value_usd: number | null;
}
/** All rows of one company in one text: fields parted by U+001F, rows by U+001E. Records hold neither. */
interface Folded {
  owner: string;
  rows: string;
}

interface Chunk {
  heads: readonly HeadRow[];
  capabilities: readonly Folded[];
  certifications: readonly Folded[];
  references: readonly Folded[];
  countries: readonly Folded[];
}

/**
 * All companies, in id order, in chunks, read over several connections that see the same state: while one chunk is
 * worked on the next ones are on their way.
 */
export async function* allCompanies(
  readers: readonly Db[],
  lexicon: ConceptLexicon,
): AsyncGenerator<IndexedCompany[]> {
  const [first] = readers;
  if (first === undefined) return;
  const bounds = await chunkBounds(first);
  const read = (number: number): Promise<Chunk | null> => {
    const after = bounds[number];
    const chunk =
      after === undefined
        ? Promise.resolve(null)
        : readChunk(readers[number % readers.length] ?? first, after);
    // an earlier chunk that fails is what is told
    chunk.catch(() => undefined);
    return chunk;
  };
  const ahead = readers.map((_, number) => read(number));
  for (let number = 0; number < bounds.length; number += 1) {
    const chunk = await ahead[number];
    ahead.push(read(number + readers.length));
    if (chunk !== null && chunk !== undefined) yield companiesOf(chunk, lexicon);
  }
}

/** The ids after which the chunks begin. */
async function chunkBounds(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (
      select o.id, row_number() over (order by o.id) as place
      from organisation o join company c on c.organisation_id = o.id where o.supplier) numbered
    where place % ${CHUNK}::integer = 0 order by id`.execute(db);
  return ['00000000-0000-0000-0000-000000000000', ...rows.map(({ id }) => id)];
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
  return companiesOf(await withRows(db, heads, sql`organisation_id = ${wanted}`), lexicon);
}

async function readChunk(db: Db, after: string): Promise<Chunk | null> {
  const heads = await readHeads(db, sql`o.id > ${after}::uuid`, CHUNK);
  const [first] = heads;
  const last = heads.at(-1);
  if (first === undefined || last === undefined) return null;
  return withRows(db, heads, sql`organisation_id between ${first.id}::uuid and ${last.id}::uuid`);
}

async function readHeads(db: Db, where: ReturnType<typeof sql>, limit: number | null): Promise<HeadRow[]> {
  const { rows } = await sql<HeadRow>`
    select o.id, c.size, o.country, o.standing, o.vetted_until, c.published_at is not null as published,
           array_to_string(c.languages, '|') as languages, c.can_invest,
           to_char(c.updated_at at time zone 'Asia/Seoul', 'YYYY-MM-DD') as updated_on,
           c.summary_ko, c.summary_en, o.demo, o.screened,
           array_to_string(c.excluded_countries, '|') as excluded_countries,
           array_to_string(c.excluded_types, '|') as excluded_types, c.minimum_value_usd
    from organisation o join company c on c.organisation_id = o.id
    where o.supplier and ${where} order by o.id limit ${limit}`.execute(db);
  return rows;
}

/** The rows of a table folded to one text a company, in the order of `order`. */
async function fold(
  db: Db,
  table: string,
  where: ReturnType<typeof sql>,
  fields: readonly string[],
  order: string,
): Promise<readonly Folded[]> {
  const line = sql.raw(fields.map((field) => `coalesce(${field}, '')`).join(" || e'\\x1f' || "));
  const { rows } = await sql<Folded>`
    select organisation_id as owner, string_agg(${line}, e'\\x1e' order by ${sql.raw(order)}) as rows
    from ${sql.table(table)} where ${where} group by organisation_id order by organisation_id`.execute(db);
  return rows;
}

async function withRows(db: Db, heads: readonly HeadRow[], where: ReturnType<typeof sql>): Promise<Chunk> {
  const minerals = "array_to_string(minerals, '|')";
  const [capabilities, certifications, references, countries] = await Promise.all([
    fold(
      db,
      'company_capability',
      where,
      ['external_id', 'capability', minerals, 'amount::text', 'unit', 'year::text', 'evidence'],
      'external_id',
    ),
    fold(
      db,
      'company_certification',
      where,
      ['certification', 'valid_to::text', 'verified::int::text'],
      'certification, valid_to',
    ),
    fold(
      db,
      'company_reference',
      where,
      ['external_id', 'country', minerals, 'capability', 'year::text', 'confirmed::int::text'],
      'external_id',
    ),
    fold(db, 'company_country', where, ['country', 'kind'], 'country, kind'),
  ]);
  return { heads, capabilities, certifications, references, countries };
}

function companiesOf(chunk: Chunk, lexicon: ConceptLexicon): IndexedCompany[] {
  const capabilities = taker(chunk.capabilities);
  const certifications = taker(chunk.certifications);
  const references = taker(chunk.references);
  const countries = taker(chunk.countries);
  return chunk.heads.map((head) => ({
    demo: head.demo,
    company: {
      id: head.id,
      size: head.size ?? 'sme',
      country: head.country,
      status: head.standing,
      vettedUntil: head.vetted_until,
      screened: head.screened,
      published: head.published,
      capabilities: capabilities(head.id).map(capabilityOf),
      certifications: certifications(head.id).map(certificationOf),
      references: references(head.id).map(referenceOf),
      countries: countries(head.id).map(countryOf),
      languages: list(head.languages),
      canInvest: head.can_invest,
      updatedOn: head.updated_on,
      concepts: lexicon.idsOf(head.summary_ko, head.summary_en),
      excludes: exclusionsOf(head),
    },
  }));
}

/** What the company does not want; null when it excluded nothing. */
function exclusionsOf(head: HeadRow): MatchExclusions | null {
  const countries = list(head.excluded_countries);
  const types = OPPORTUNITY_TYPES.filter((type) => list(head.excluded_types).includes(type));
  const minValueUsd = head.minimum_value_usd;
  if (countries.length === 0 && types.length === 0 && minValueUsd === null) return null;
  return { countries, types, minValueUsd };
}

/** Hands out the rows of one owner after another; texts and owners come in the same order. */
function taker(folded: readonly Folded[]): (owner: string) => string[] {
  let at = 0;
  return (owner) => {
    while (at < folded.length && (folded[at]?.owner ?? '') < owner) at += 1;
    const found = folded[at];
    return found?.owner === owner ? found.rows.split('\x1e') : [];
  };
}

const list = (text: string): string[] => (text === '' ? [] : text.split('|'));
const orNull = (text: string): string | null => (text === '' ? null : text);
const numberOrNull = (text: string): number | null => (text === '' ? null : Number(text));

function capabilityOf(text: string): MatchCapability {
  const [id = '', capability = '', minerals = '', amount = '', unit = '', year = '', evidence = ''] =
    text.split('\x1f');
  return {
    id,
    capability,
    minerals: list(minerals),
    amount: numberOrNull(amount),
    unit: orNull(unit),
    year: numberOrNull(year),
    evidence: EVIDENCE_LEVELS.find((level) => level === evidence) ?? 'claimed',
  };
}
function certificationOf(text: string): MatchCertification {
  const [id = '', validTo = '', verified = ''] = text.split('\x1f');
  return { id, validTo: orNull(validTo), verified: verified === '1' };
}
function referenceOf(text: string): MatchReferenceRow {
  const [id = '', country = '', minerals = '', capability = '', year = '', confirmed = ''] =
    text.split('\x1f');
  return {
    id,
    country: orNull(country),
    minerals: list(minerals),
    capability: orNull(capability),
    year: numberOrNull(year),
    confirmed: confirmed === '1',
  };
}
function countryOf(text: string): MatchCountry {
  const [country = '', kind = ''] = text.split('\x1f');
  return { country, kind: COUNTRY_EXPERIENCE_KINDS.find((one) => one === kind) ?? 'export' };
}
