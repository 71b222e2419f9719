import { sql, type Insertable, type Kysely, type Transaction, type Updateable } from 'kysely';
import type { CompanySnapshot } from '#lib/domain/company/snapshot.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Db = Kysely<Database>;
type Tx = Transaction<Database>;

/** The organisation with its supplier profile; the profile's columns are null before the first step is saved. */
export async function readIdentity(db: Db, organisationId: string) {
  return db
    .selectFrom('organisation')
    .leftJoin('company', 'company.organisation_id', 'organisation.id')
    .select([
      'organisation.id',
      'organisation.name_ko',
      'organisation.name_en',
      'organisation.former_names',
      'organisation.brn',
      'organisation.crn',
      'organisation.lei',
      'organisation.country',
      'organisation.standing',
      'organisation.vetted_until',
      'organisation.vetted_version',
      'organisation.demo',
      'company.size',
      'company.founded',
      'company.incorporated_on',
      'company.province',
      'company.employees',
      'company.website',
      'company.representative',
      'company.summary_ko',
      'company.summary_en',
      'company.languages',
      'company.ksic',
      'company.ksic_revision',
      'company.own_equity_usd',
      'company.can_invest',
      'company.published_at',
      'company.version',
      'company.pseudonymous',
      'company.excluded_countries',
      'company.excluded_types',
      'company.minimum_value_usd',
      'company.saved_steps',
      'company.updated_at',
    ])
    .where('organisation.id', '=', organisationId)
    .executeTakeFirst();
}
export type IdentityRow = NonNullable<Awaited<ReturnType<typeof readIdentity>>>;

export async function readCapabilities(db: Db, organisationId: string) {
  return db
    .selectFrom('company_capability as entry')
    .innerJoin('capability', 'capability.id', 'entry.capability')
    .innerJoin('capability_stage', 'capability_stage.id', 'capability.stage')
    .leftJoin('file', 'file.id', 'entry.file_id')
    .select([
      'entry.id',
      'entry.capability',
      'entry.minerals',
      'entry.amount',
      'entry.unit',
      'entry.year',
      'entry.evidence',
      'entry.note_ko',
      'entry.note_en',
      'entry.file_id',
      'entry.updated_at',
      'file.name as file_name',
      'file.sha256 as file_sha256',
    ])
    .where('entry.organisation_id', '=', organisationId)
    .orderBy('capability_stage.position')
    .orderBy('capability.position')
    .orderBy('entry.id')
    .execute();
}
export type CapabilityRow = Awaited<ReturnType<typeof readCapabilities>>[number];
export type FileColumns = Pick<CapabilityRow, 'file_id' | 'file_name' | 'file_sha256'>;

export async function readCertifications(db: Db, organisationId: string) {
  return db
    .selectFrom('company_certification as entry')
    .leftJoin('file', 'file.id', 'entry.file_id')
    .select([
      'entry.id',
      'entry.certification',
      'entry.number',
      'entry.scope',
      'entry.valid_to',
      'entry.verified',
      'entry.file_id',
      'entry.updated_at',
      'file.name as file_name',
      'file.sha256 as file_sha256',
    ])
    .where('entry.organisation_id', '=', organisationId)
    .orderBy('entry.certification')
    .orderBy('entry.id')
    .execute();
}
export type CertificationRow = Awaited<ReturnType<typeof readCertifications>>[number];

export async function readReferences(db: Db, organisationId: string) {
  return db
    .selectFrom('company_reference as entry')
    .leftJoin('file', 'file.id', 'entry.file_id')
    .select([
      'entry.id',
      'entry.title',
      'entry.client',
      'entry.country',
      'entry.minerals',
      'entry.capability',
      'entry.year',
      'entry.confirmed',
      'entry.file_id',
      'entry.updated_at',
      'file.name as file_name',
      'file.sha256 as file_sha256',
    ])
    .where('entry.organisation_id', '=', organisationId)
    .orderBy('entry.year', (order) => order.desc().nullsLast())
    .orderBy('entry.id')
    .execute();
}
export type ReferenceRow = Awaited<ReturnType<typeof readReferences>>[number];

export async function readCountries(db: Db, organisationId: string) {
  return db
    .selectFrom('company_country')
    .select(['id', 'country', 'kind', 'since'])
    .where('organisation_id', '=', organisationId)
    .orderBy('country')
    .orderBy('kind')
    .execute();
}
export type CountryRow = Awaited<ReturnType<typeof readCountries>>[number];

export async function updateOrganisation(
  tx: Tx,
  id: string,
  values: Updateable<Database['organisation']>,
): Promise<void> {
  await tx.updateTable('organisation').set(values).where('id', '=', id).execute();
}

/** Writes columns of the profile, and its row when it is not there yet. */
export async function writeCompany(
  tx: Tx,
  organisationId: string,
  values: Updateable<Database['company']>,
): Promise<void> {
  await tx
    .insertInto('company')
    .values({ organisation_id: organisationId })
    .onConflict((conflict) => conflict.column('organisation_id').doNothing())
    .execute();
  if (Object.keys(values).length === 0) return;
  await tx.updateTable('company').set(values).where('organisation_id', '=', organisationId).execute();
}

/** Notes when a step was saved, beside the times of the other steps. */
export async function stampStep(tx: Tx, organisationId: string, step: string, at: Date): Promise<void> {
  await tx
    .updateTable('company')
    .set({
      saved_steps: sql<string>`saved_steps || jsonb_build_object(${step}::text, ${at.toISOString()}::text)`,
      updated_at: at,
    })
    .where('organisation_id', '=', organisationId)
    .execute();
}

export async function insertVersion(
  tx: Tx,
  version: {
    organisationId: string;
    version: number;
    snapshot: CompanySnapshot;
    by: string | null;
    at: Date;
  },
): Promise<void> {
  await tx
    .insertInto('company_version')
    .values({
      organisation_id: version.organisationId,
      version: version.version,
      snapshot: JSON.stringify(version.snapshot),
      changed_by: version.by,
      created_at: version.at,
    })
    .execute();
}

type EntryTable = 'company_capability' | 'company_certification' | 'company_reference';

export async function deleteEntry(
  tx: Tx,
  table: EntryTable | 'company_country',
  organisationId: string,
  id: string,
): Promise<boolean> {
  const gone = await tx
    .deleteFrom(table)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Writes an entry under its id, new or changed; an id of another organisation's entry is left alone. */
export async function putCapability(
  tx: Tx,
  row: Insertable<Database['company_capability']> & { id: string },
) {
  const { id: _id, organisation_id: owner, ...values } = row;
  await tx
    .insertInto('company_capability')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(values).where('company_capability.organisation_id', '=', owner),
    )
    .execute();
}

/** Marks certificates as confirmed with their issuers. */
export async function setVerified(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.updateTable('company_certification').set({ verified: true }).where('id', 'in', ids).execute();
}

export async function putCertification(
  tx: Tx,
  row: Insertable<Database['company_certification']> & { id: string },
) {
  const { id: _id, organisation_id: owner, ...values } = row;
  await tx
    .insertInto('company_certification')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(values).where('company_certification.organisation_id', '=', owner),
    )
    .execute();
}

export async function putReference(tx: Tx, row: Insertable<Database['company_reference']> & { id: string }) {
  const { id: _id, organisation_id: owner, ...values } = row;
  await tx
    .insertInto('company_reference')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(values).where('company_reference.organisation_id', '=', owner),
    )
    .execute();
}

/** One line a country and kind: the same again changes its year. */
export async function putCountry(tx: Tx, row: Insertable<Database['company_country']>) {
  await tx
    .insertInto('company_country')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'country', 'kind']).doUpdateSet({ since: row.since ?? null }),
    )
    .execute();
}

/** Of some ids of reference data, those that exist. */
export async function knownIds(
  db: Db,
  kind: 'mineral' | 'capability' | 'certification' | 'country',
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  if (kind === 'country') {
    const rows = await db.selectFrom('country').select('iso2 as id').where('iso2', 'in', ids).execute();
    return new Set(rows.map((row) => row.id));
  }
  const rows = await db.selectFrom(kind).select('id').where('id', 'in', ids).execute();
  return new Set(rows.map((row) => row.id));
}

export async function knownKsic(db: Db, revision: number, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await db
    .selectFrom('ksic')
    .select('code')
    .where('revision', '=', revision)
    .where('code', 'in', codes)
    .execute();
  return new Set(rows.map((row) => row.code));
}
