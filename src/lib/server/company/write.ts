import { organisationOf } from '#lib/domain/account/actor.ts';
import { profileItems, type ProfileItemId } from '#lib/domain/company/completeness.ts';
import { diffSnapshots, type SnapshotChange } from '#lib/domain/company/diff.ts';
import type { AnswerStep } from '#lib/domain/company/profile.ts';
import type { CompanySnapshot } from '#lib/domain/company/snapshot.ts';
import { lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Done, type Refused } from '#lib/server/platform/result.ts';
import { companySnapshot, readProfile, snapshotOf, type ProfileRows } from '#lib/server/company/present.ts';
import { insertVersion, stampStep, writeCompany } from '#lib/server/company/repository.ts';

/** What saving a step came to. */
export interface Saved {
  /** Does the profile say something else than before? */
  changed: boolean;
  /** The version that others see now; 0 before the first publication. */
  version: number;
}

export type WriteRefusal = 'not-found' | 'stale' | 'required-once-published';

export interface ProfileWrite {
  step: AnswerStep;
  /** `company.identity.saved` */
  action: string;
  /**
   * When the form was read: a save in between refuses with `stale`, so that nobody overwrites unseen. Null for
   * changes that touch one entry only.
   */
  seen: string | null;
}

/**
 * The frame of every change of a profile, inside the command's transaction: the organisation's row is locked, so two
 * tabs take turns; the change is made; the step is stamped; what differs is recorded in the trail and, when others
 * already see the profile, as its next version. What was required for publication cannot be taken away afterwards.
 */
export async function writeProfile<C extends string>(
  tx: WriteContext,
  write: ProfileWrite,
  change: (organisationId: string, rows: ProfileRows) => Promise<Refused<C> | null>,
): Promise<Done<Saved> | Refused<C | WriteRefusal>> {
  const organisationId = organisationOf(tx.actor);
  if (organisationId === null || !(await lockRow(tx.db, 'organisation', organisationId)))
    return refuse('not-found');
  const rows = await readProfile(tx.db, organisationId);
  if (!rows) return refuse('not-found');
  if (write.seen !== null && write.seen !== (rows.identity.saved_steps?.[write.step] ?? ''))
    return refuse('stale');
  await writeCompany(tx.db, organisationId, {});
  const refusal = await change(organisationId, rows);
  if (refusal) return refusal;
  await stampStep(tx.db, organisationId, write.step, tx.now);
  return await conclude(tx, write.action, organisationId, rows);
}

async function conclude(
  tx: WriteContext,
  action: string,
  organisationId: string,
  rows: ProfileRows,
): Promise<Done<Saved> | Refused<WriteRefusal>> {
  const before = snapshotOf(rows);
  const after = await companySnapshot(tx.db, organisationId);
  const changes = diffSnapshots(before, after);
  const version = rows.identity.version ?? 0;
  if (changes.length === 0) return done({ changed: false, version });
  const published = rows.identity.published_at !== null;
  const lost = published ? lostItem(before, after) : null;
  if (lost !== null) return refuse('required-once-published', { [lost.field]: 'required' });
  await tx.audit({ action, object: { kind: 'company', id: organisationId }, ...sides(changes) });
  await tx.changed('company', organisationId);
  if (!published) return done({ changed: true, version });
  await nextVersion(tx, organisationId, version + 1, after);
  return done({ changed: true, version: version + 1 });
}

/** Keeps what others see from now on. */
export async function nextVersion(
  tx: WriteContext,
  organisationId: string,
  version: number,
  snapshot: CompanySnapshot,
): Promise<void> {
  await writeCompany(tx.db, organisationId, { version });
  await insertVersion(tx.db, { organisationId, version, snapshot, by: tx.accountId, at: tx.now });
}

function lostItem(
  before: CompanySnapshot,
  after: CompanySnapshot,
): { id: ProfileItemId; field: string } | null {
  const had = new Set(profileItems(before).flatMap((item) => (item.done ? [item.id] : [])));
  return profileItems(after).find((item) => item.required && !item.done && had.has(item.id)) ?? null;
}

/** The two sides of the trail: only what differs, under a way such as `capabilities.<id>.amount`. */
function sides(changes: readonly SnapshotChange[]): { before: object; after: object } {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const change of changes) {
    const fields = 'fields' in change ? change.fields : [change];
    const prefix = 'fields' in change ? `${change.section}.${change.id}` : change.section;
    for (const { field, before: old, after: fresh } of fields) {
      before[`${prefix}.${field}`] = old;
      after[`${prefix}.${field}`] = fresh;
    }
  }
  return { before, after };
}
