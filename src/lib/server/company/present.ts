import type { Kysely } from 'kysely';
import type {
  CompanySnapshot,
  SnapshotCapability,
  SnapshotCertification,
  SnapshotFile,
  SnapshotReference,
} from '#lib/domain/company/snapshot.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import {
  readCapabilities,
  readCertifications,
  readCountries,
  readIdentity,
  readReferences,
  type CapabilityRow,
  type CertificationRow,
  type FileColumns,
  type IdentityRow,
  type CountryRow,
  type ReferenceRow,
} from '#lib/server/company/repository.ts';

export interface ProfileRows {
  identity: IdentityRow;
  capabilities: CapabilityRow[];
  certifications: CertificationRow[];
  references: ReferenceRow[];
  countries: CountryRow[];
}

/** All rows of a profile; null when there is no such organisation. */
export async function readProfile(db: Kysely<Database>, organisationId: string): Promise<ProfileRows | null> {
  // One after the other: inside a transaction there is one connection.
  const identity = await readIdentity(db, organisationId);
  if (!identity) return null;
  return {
    identity,
    capabilities: await readCapabilities(db, organisationId),
    certifications: await readCertifications(db, organisationId),
    references: await readReferences(db, organisationId),
    countries: await readCountries(db, organisationId),
  };
}

/**
 * The profile of an organisation as it stands now, as plain JSON: for versions, for vetting, for comparing.
 * Throws when there is no such organisation.
 */
export async function companySnapshot(
  db: Kysely<Database>,
  organisationId: string,
): Promise<CompanySnapshot> {
  const rows = await readProfile(db, organisationId);
  if (!rows) throw new Error(`no organisation ${organisationId}`);
  return snapshotOf(rows);
}

/** Rows as a snapshot. */
export function snapshotOf(rows: ProfileRows): CompanySnapshot {
  const { identity } = rows;
  return {
    format: 1,
    identity: {
      nameKo: identity.name_ko,
      nameEn: identity.name_en,
      formerNames: identity.former_names,
      brn: identity.brn,
      crn: identity.crn,
      lei: identity.lei,
      country: identity.country,
      size: identity.size,
      incorporatedOn: identity.incorporated_on,
      founded: identity.founded,
      province: identity.province ?? '',
      employees: identity.employees,
      representative: identity.representative ?? '',
      website: identity.website ?? '',
      ksic: identity.ksic ?? [],
      ksicRevision: identity.ksic_revision ?? 10,
      summaryKo: identity.summary_ko ?? '',
      summaryEn: identity.summary_en ?? '',
    },
    capabilities: rows.capabilities.map(capabilityOf),
    certifications: rows.certifications.map(certificationOf),
    references: rows.references.map(referenceOf),
    countries: rows.countries.map(({ id, country, kind, since }) => ({ id, country, kind, since })),
    reach: {
      languages: identity.languages ?? [],
      canInvest: identity.can_invest ?? false,
      ownEquityUsd: identity.own_equity_usd,
      pseudonymous: identity.pseudonymous ?? false,
      excludedCountries: identity.excluded_countries ?? [],
      excludedTypes: identity.excluded_types ?? [],
      minimumValueUsd: identity.minimum_value_usd,
    },
  };
}

function capabilityOf(row: CapabilityRow): SnapshotCapability {
  return {
    id: row.id,
    capability: row.capability,
    minerals: row.minerals,
    amount: row.amount,
    unit: row.unit,
    year: row.year,
    evidence: row.evidence,
    noteKo: row.note_ko,
    noteEn: row.note_en,
    file: fileOf(row),
  };
}

function certificationOf(row: CertificationRow): SnapshotCertification {
  return {
    id: row.id,
    certification: row.certification,
    number: row.number,
    scope: row.scope,
    validTo: row.valid_to,
    file: fileOf(row),
  };
}

function referenceOf(row: ReferenceRow): SnapshotReference {
  return {
    id: row.id,
    title: row.title,
    client: row.client,
    country: row.country,
    minerals: row.minerals,
    capability: row.capability,
    year: row.year,
    file: fileOf(row),
  };
}

export function fileOf(row: FileColumns): SnapshotFile | null {
  const { file_id: id, file_name: name, file_sha256: sha256 } = row;
  return id === null || name === null || sha256 === null ? null : { id, name, sha256 };
}
