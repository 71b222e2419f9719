import type { Kysely } from 'kysely';
import { companySnapshot } from '#lib/server/company/present.ts';
import type { Database } from '#lib/server/platform/schema.ts';

export interface CaseSnapshot {
  version: number;
  /** What is vetted, as it stood when it was submitted. */
  content: unknown;
}

/** The subject of a case: the published profile of a supplier, the identity of a project lead. */
export async function snapshotForVetting(
  db: Kysely<Database>,
  organisationId: string,
): Promise<CaseSnapshot> {
  const organisation = await db
    .selectFrom('organisation')
    .leftJoin('company', 'company.organisation_id', 'organisation.id')
    .select([
      'supplier',
      'lead',
      'name_ko',
      'name_en',
      'former_names',
      'brn',
      'crn',
      'lei',
      'country',
      'company.version',
    ])
    .where('organisation.id', '=', organisationId)
    .executeTakeFirstOrThrow();
  if (organisation.supplier) {
    return { version: organisation.version ?? 0, content: await companySnapshot(db, organisationId) };
  }
  const { version: _none, supplier: _supplier, lead: _lead, ...content } = organisation;
  return { version: 0, content };
}

/** The snapshot that was vetted last; null when the organisation was never vetted. */
export async function lastVettedSnapshot(db: Kysely<Database>, organisationId: string): Promise<unknown> {
  const row = await db
    .selectFrom('vetting_case')
    .innerJoin('vetting_decision', 'vetting_decision.case_id', 'vetting_case.id')
    .select('vetting_case.snapshot')
    .where('vetting_case.organisation_id', '=', organisationId)
    .where('vetting_decision.confirmed_at', 'is not', null)
    .where('vetting_decision.outcome', 'in', ['vetted', 'restored'])
    .orderBy('vetting_decision.confirmed_at', 'desc')
    .orderBy('vetting_decision.id', 'desc')
    .executeTakeFirst();
  return row?.snapshot ?? null;
}
