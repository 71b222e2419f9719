import { sql, type Kysely, type Transaction } from 'kysely';
import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import type { ConceptLexicon } from '#lib/domain/match/concepts.ts';
import type { MatchExclusions } from '#lib/domain/match/types.ts';
import { OPPORTUNITY_TYPES } from '#lib/domain/opportunity/opportunity.ts';
import { Dictionaries, Dictionary } from '#lib/server/match/dictionary.ts';
import { FoldedText, PART } from '#lib/server/match/folded-text.ts';
import { flagsOf, SegmentBuilder } from '#lib/server/match/segment-builder.ts';
import type { IndexedCompany } from '#lib/server/match/segment-columns.ts';
import { STATUSES } from '#lib/server/match/segment-values.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Rows of companies as matching reads them. */

export type Db = Kysely<Database> | Transaction<Database>;

/** Companies read at a time while all are loaded, unless said otherwise: bounds the memory of a load. */
const CHUNK = 5000;

/** What is read of a range of companies, each table's rows folded to one text (`folded-text.ts`). */
interface Chunk {
  heads: readonly HeadRow[];
  capabilities: string;
  certifications: string;
  references: string;
  countries: string;
}
interface HeadRow {
  head: string;
  summary_ko: string;
  summary_en: string;
}

/** Which companies are meant: a condition on the column that names the company. */
type Wanted = (column: string) => ReturnType<typeof sql>;

/**
 * Puts all companies into a builder, in id order, read in chunks over several connections that see the same state:
 * while one chunk is worked on the next ones are on their way.
 */
export async function addAllCompanies(
  readers: readonly Db[],
  lexicon: ConceptLexicon,
  builder: SegmentBuilder,
  chunk = CHUNK,
): Promise<void> {
  const [first] = readers;
  if (first === undefined) return;
  const chunks = await chunksOf(first, chunk);
  const readAt = (number: number): Promise<Chunk | null> => {
    const wanted = chunks[number];
    const read =
      wanted === undefined
        ? Promise.resolve(null)
        : readChunk(readers[number % readers.length] ?? first, wanted);
    // an earlier chunk that fails is what is told
    read.catch(() => undefined);
    return read;
  };
  const adder = new CompanyAdder(builder, lexicon);
  const ahead = readers.map((_, number) => readAt(number));
  for (let number = 0; number < chunks.length; number += 1) {
    const read = await ahead.shift();
    ahead.push(readAt(number + readers.length));
    if (read !== null && read !== undefined) adder.add(read);
  }
}

/** Ranges of ids that part all companies into chunks. */
async function chunksOf(db: Db, size: number): Promise<Wanted[]> {
  const { rows } = await sql<{ id: string }>`
    select organisation_id as id
    from (select organisation_id, row_number() over (order by organisation_id) as place from company) numbered
    where place % ${size}::integer = 0 order by 1`.execute(db);
  const bounds = [LOWEST, ...rows.map(({ id }) => id)];
  return bounds.map((from, number) => {
    const to = bounds[number + 1] ?? HIGHEST;
    return (column) => sql`${sql.ref(column)} > ${from}::uuid and ${sql.ref(column)} <= ${to}::uuid`;
  });
}

const LOWEST = '00000000-0000-0000-0000-000000000000';
const HIGHEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The named companies; those that are gone are left out. */
export async function companiesByIds(
  db: Db,
  ids: readonly string[],
  lexicon: ConceptLexicon,
): Promise<IndexedCompany[]> {
  if (ids.length === 0) return [];
  const builder = new SegmentBuilder(new Dictionaries());
  const chunk = await readChunk(db, (column) => sql`${sql.ref(column)} = any(${[...ids]}::uuid[])`);
  new CompanyAdder(builder, lexicon).add(chunk);
  return builder.companies();
}

async function readChunk(db: Db, wanted: Wanted): Promise<Chunk> {
  const minerals = "array_to_string(minerals, '|')";
  const [heads, capabilities, certifications, references, countries] = await Promise.all([
    readHeads(db, wanted),
    fold(
      db,
      'company_capability',
      wanted,
      ['external_id', 'capability', minerals, 'amount::text', 'unit', 'year::text', 'evidence'],
      'external_id',
    ),
    fold(
      db,
      'company_certification',
      wanted,
      ['certification', 'valid_to::text', 'verified::int::text'],
      'certification, valid_to',
    ),
    fold(
      db,
      'company_reference',
      wanted,
      ['external_id', 'country', minerals, 'capability', 'year::text', 'confirmed::int::text'],
      'external_id',
    ),
    fold(db, 'company_country', wanted, ['country', 'kind'], 'country, kind'),
  ]);
  return { heads, capabilities, certifications, references, countries };
}

const HEAD = [
  'o.id::text',
  'o.screened::int::text',
  '(c.published_at is not null)::int::text',
  'c.can_invest::int::text',
  'o.demo::int::text',
  'c.size',
  'o.standing',
  'o.vetted_until::text',
  'o.country',
  "(c.updated_at at time zone 'Asia/Seoul')::date::text",
  "array_to_string(c.languages, '|')",
  "array_to_string(c.excluded_countries, '|')",
  "array_to_string(c.excluded_types, '|')",
  'c.minimum_value_usd::text',
];

/** Both ids are bounded: the planner does not carry a range over from one to the other. */
async function readHeads(db: Db, wanted: Wanted): Promise<HeadRow[]> {
  const { rows } = await sql<HeadRow>`
    select ${row(HEAD)} as head, c.summary_ko, c.summary_en
    from organisation o join company c on c.organisation_id = o.id
    where o.supplier and ${wanted('o.id')} and ${wanted('c.organisation_id')} order by o.id`.execute(db);
  return rows;
}

/** The rows of a table, a company's own in the order of `order`. */
async function fold(
  db: Db,
  table: string,
  wanted: Wanted,
  fields: readonly string[],
  order: string,
): Promise<string> {
  const { rows } = await sql<{ folded: string | null }>`
    select string_agg(owner::text || ${sql.lit(PART.owner)} || rows, ${sql.lit(PART.owners)} order by owner) as folded
    from (select organisation_id as owner,
                 string_agg(${row(fields)}, ${sql.lit(PART.rows)} order by ${sql.raw(order)}) as rows
          from ${sql.table(table)} where ${wanted('organisation_id')} group by organisation_id) companies`.execute(
    db,
  );
  return rows[0]?.folded ?? '';
}

const row = (fields: readonly string[]) =>
  sql.join(
    fields.map((field) => sql`coalesce(${sql.raw(field)}, '')`),
    sql` || ${sql.lit(PART.fields)} || `,
  );

/** Puts what was read into a builder. */
class CompanyAdder {
  private readonly builder: SegmentBuilder;
  private readonly lexicon: ConceptLexicon;
  /** Lists as they are written, and the numbers of their sets. */
  private readonly lists = { minerals: new ListNumbers(), languages: new ListNumbers() };
  private readonly sizes = new Dictionary([...COMPANY_SIZES]);
  private readonly standings = new Dictionary([...STATUSES]);
  private readonly evidence = new Dictionary([...EVIDENCE_LEVELS]);
  private readonly kinds = new Dictionary([...COUNTRY_EXPERIENCE_KINDS]);

  constructor(builder: SegmentBuilder, lexicon: ConceptLexicon) {
    this.builder = builder;
    this.lexicon = lexicon;
  }

  add(chunk: Chunk): void {
    const capabilities = new FoldedText(chunk.capabilities);
    const certifications = new FoldedText(chunk.certifications);
    const references = new FoldedText(chunk.references);
    const countries = new FoldedText(chunk.countries);
    for (const row of chunk.heads) {
      const id = this.addHead(row);
      if (capabilities.seek(id)) this.addCapabilities(capabilities);
      if (certifications.seek(id)) this.addCertifications(certifications);
      if (references.seek(id)) this.addReferences(references);
      if (countries.seek(id)) this.addCountries(countries);
    }
  }

  private addHead({ head, summary_ko, summary_en }: HeadRow): string {
    const { builder } = this;
    const { words } = builder;
    const text = new FoldedText(head);
    const id = text.field();
    builder.begin({
      id,
      flags: flagsOf(text.flag(), text.flag(), text.flag(), text.flag()),
      size: text.one(this.sizes),
      status: text.one(this.standings),
      vettedUntil: text.day(),
      seat: text.word(words.countries),
      updatedOn: text.word(words.days),
      languages: this.lists.languages.read(text, (names) => words.languages.put(names)),
      excludes: exclusionsOf(text.field(), text.field(), text.number()),
      concepts: this.lexicon.idsOf(summary_ko, summary_en),
    });
    return id;
  }

  private addCapabilities(text: FoldedText): void {
    const { builder } = this;
    const { words } = builder;
    do {
      const id = text.word(words.rows);
      const leaf = text.word(words.leaves);
      const minerals = this.minerals(text);
      const amount = text.number();
      const unit = text.wordOrNothing(words.units);
      const year = text.whole();
      builder.capability(id, leaf, text.one(this.evidence), minerals, amount, unit, year);
    } while (text.another());
  }

  private addCertifications(text: FoldedText): void {
    const { words } = this.builder;
    do this.builder.certificate(text.word(words.certificates), text.day(), text.flag());
    while (text.another());
  }

  private addReferences(text: FoldedText): void {
    const { builder } = this;
    const { words } = builder;
    do
      builder.reference(
        text.word(words.rows),
        text.wordOrNothing(words.countries),
        this.minerals(text),
        text.wordOrNothing(words.leaves),
        text.whole(),
        text.flag(),
      );
    while (text.another());
  }

  private addCountries(text: FoldedText): void {
    do this.builder.country(text.word(this.builder.words.countries), text.one(this.kinds));
    while (text.another());
  }

  private minerals(text: FoldedText): number {
    return this.lists.minerals.read(text, (names) => this.builder.minerals(names));
  }
}

/** The numbers of lists that were met before. */
class ListNumbers {
  private readonly lists = new Dictionary();
  private readonly numbers: number[] = [];

  read(text: FoldedText, numberOf: (names: readonly string[]) => number): number {
    const known = text.word(this.lists);
    return (this.numbers[known] ??= numberOf(list(this.lists.word(known))));
  }
}

/** What the company does not want; null when it excluded nothing. */
function exclusionsOf(countries: string, types: string, minValueUsd: number | null): MatchExclusions | null {
  if (countries === '' && types === '' && minValueUsd === null) return null;
  const excluded = list(types);
  return {
    countries: list(countries),
    types: OPPORTUNITY_TYPES.filter((type) => excluded.includes(type)),
    minValueUsd,
  };
}

const list = (text: string): string[] => (text === '' ? [] : text.split('|'));
