import type { Kysely, Transaction } from 'kysely';
import type { CaseStatus } from '#lib/domain/vetting/vetting.ts';
import type { WriteContext } from '#lib/server/platform/command.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** A case with its organisation's names, locked for the rest of the transaction. */
export async function lockCase(db: Transaction<Database>, caseId: string) {
  return db
    .selectFrom('vetting_case as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .select([
      'c.id',
      'c.number',
      'c.organisation_id',
      'c.kind',
      'c.status',
      'c.assigned_to',
      'c.allowed_days',
      'c.paused_since',
      'c.paused_seconds',
      'c.due_at',
      'c.snapshot_version',
      'c.submitted_by',
      'o.name_ko',
      'o.name_en',
      'o.supplier',
      'o.lead',
      'o.standing',
    ])
    .where('c.id', '=', caseId)
    .forUpdate(['c', 'o'])
    .executeTakeFirst();
}
export type LockedCase = NonNullable<Awaited<ReturnType<typeof lockCase>>>;

export async function openCaseOf(db: Kysely<Database>, organisationId: string) {
  return db
    .selectFrom('vetting_case')
    .select(['id', 'number', 'status', 'kind'])
    .where('organisation_id', '=', organisationId)
    .where('status', 'not in', ['decided', 'withdrawn'])
    .executeTakeFirst();
}

export async function setStatus(
  db: Transaction<Database>,
  caseId: string,
  status: CaseStatus,
  now: Date,
  more: {
    paused_since?: Date | null;
    paused_seconds?: number;
    due_at?: Date;
    decided_at?: Date;
    assigned_to?: string;
  } = {},
): Promise<void> {
  await db
    .updateTable('vetting_case')
    .set({ status, updated_at: now, ...more })
    .where('id', '=', caseId)
    .execute();
}

export async function addEvent(
  db: Transaction<Database>,
  event: {
    case_id: string;
    kind: string;
    by_account: string | null;
    by_side: 'company' | 'ministry' | 'system';
    note?: string;
    at: Date;
  },
): Promise<void> {
  await db
    .insertInto('vetting_event')
    .values({ note: '', ...event })
    .execute();
}

/** Carries a new standing to search and matching: the company itself, and its published opportunities. */
export async function showStanding(
  tx: WriteContext,
  organisation: { id: string; supplier: boolean },
): Promise<void> {
  if (organisation.supplier) await tx.changed('company', organisation.id);
  const opportunities = await tx.db
    .selectFrom('opportunity')
    .select('id')
    .where('organisation_id', '=', organisation.id)
    .where('status', '=', 'published')
    .execute();
  for (const { id } of opportunities) await tx.changed('opportunity', id);
}

export async function openRequests(db: Kysely<Database>, caseId: string) {
  return db
    .selectFrom('information_request')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('answered_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}
