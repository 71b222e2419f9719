import { z } from 'zod';
import { isEditor, isMember } from '#lib/domain/account/policy.ts';
import { list, text } from '#lib/domain/form/fields.ts';
import { ALLOWED_DAYS, dueAfter, dueAfterPause } from '#lib/domain/vetting/clock.ts';
import { checklistFor, RULES_VERSION } from '#lib/domain/vetting/checklist.ts';
import { isOpenedByOfficial, nextCaseStatus } from '#lib/domain/vetting/status.ts';
import type { CaseKind } from '#lib/domain/vetting/vetting.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { addEvent, lockCase, openCaseOf, openRequests, setStatus } from '#lib/server/vetting/repository.ts';
import { lastVettedSnapshot, snapshotForVetting } from '#lib/server/vetting/snapshot.ts';

/** The answer to one information request. */
export const answerForm = z.object({
  answer: text(4000),
  /** ids of files in the organisation's vault, uploaded with the answer or before */
  files: list(z.uuid({ error: 'bad-choice' }), 10),
});

/**
 * Submits the organisation acted for. A supplier must have published its profile. A second open case is refused by
 * the database (two clicks make one case).
 */
export const submitForVetting = command({
  name: 'vetting.submit',
  policy: isEditor,
  async run(tx, _input: undefined) {
    if (!isMember(tx.actor)) return refuse('not-found');
    const organisationId = tx.actor.organisationId;
    await lockRow(tx.db, 'organisation', organisationId);
    const organisation = await tx.db
      .selectFrom('organisation as o')
      .leftJoin('company as c', 'c.organisation_id', 'o.id')
      .select(['o.supplier', 'o.lead', 'o.standing', 'o.name_ko', 'o.name_en', 'c.published_at'])
      .where('o.id', '=', organisationId)
      .executeTakeFirstOrThrow();
    if (organisation.standing === 'suspended') return refuse('suspended');
    if (organisation.supplier && organisation.published_at === null) return refuse('profile-not-published');
    const open = await openCaseOf(tx.db, organisationId);
    if (open) return refuse('already-open');
    const kind = organisation.standing === 'vetted' ? 'renewal' : 'first';
    const id = await openCase(tx, organisationId, kind, organisation);
    return done({ id });
  },
});

/** Opens a case with its snapshot and an empty checklist, and tells the officials. */
export async function openCase(
  tx: WriteContext,
  organisationId: string,
  kind: CaseKind,
  organisation: { supplier: boolean; lead: boolean; name_ko: string; name_en: string },
): Promise<string> {
  const snapshot = await snapshotForVetting(tx.db, organisationId);
  const previous = await lastVettedSnapshot(tx.db, organisationId);
  const created = await tx.db
    .insertInto('vetting_case')
    .values({
      organisation_id: organisationId,
      kind,
      snapshot: JSON.stringify(snapshot.content),
      snapshot_version: snapshot.version,
      previous_snapshot: previous === null ? null : JSON.stringify(previous),
      rules_version: RULES_VERSION,
      submitted_by: tx.accountId,
      submitted_at: tx.now,
      allowed_days: ALLOWED_DAYS,
      due_at: dueAfter(tx.now, ALLOWED_DAYS),
      updated_at: tx.now,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  const items = checklistFor(organisation).map(({ id }) => ({
    case_id: created.id,
    item: id,
    rules_version: RULES_VERSION,
  }));
  await tx.db.insertInto('vetting_item').values(items).execute();
  const side = tx.actor.kind === 'official' ? 'ministry' : 'company';
  await addEvent(tx.db, {
    case_id: created.id,
    kind: side === 'ministry' ? 'opened' : 'submitted',
    by_account: tx.accountId,
    by_side: side,
    at: tx.now,
  });
  await tx.audit({
    action: 'vetting.submit',
    object: { kind: 'vetting_case', id: created.id },
    after: { number: created.number, kind, organisationId, snapshotVersion: snapshot.version },
  });
  await tx.notify({
    kind: 'vetting-submitted',
    key: `vetting-submitted:${created.id}`,
    to: { officials: true },
    except: tx.accountId,
    data: { nameKo: organisation.name_ko, nameEn: organisation.name_en, number: created.number },
    path: `/ministry/vetting/${created.id}`,
  });
  return created.id;
}

/** The organisation takes its own open case back; one that an official opened is not its own. */
export const withdrawCase = command({
  name: 'vetting.withdraw',
  policy: isEditor,
  async run(tx, caseId: string) {
    const found = await lockCase(tx.db, caseId);
    if (!found || !isMember(tx.actor) || found.organisation_id !== tx.actor.organisationId)
      return refuse('not-found');
    if (isOpenedByOfficial(found.kind)) return refuse('not-allowed');
    const status = nextCaseStatus(found.status, 'withdraw');
    if (!status) return refuse('not-allowed');
    await setStatus(tx.db, caseId, status, tx.now, { paused_since: null });
    await addEvent(tx.db, {
      case_id: caseId,
      kind: 'withdrawn',
      by_account: tx.accountId,
      by_side: 'company',
      at: tx.now,
    });
    await tx.audit({
      action: 'vetting.withdraw',
      object: { kind: 'vetting_case', id: caseId },
      before: { status: found.status },
      after: { status },
    });
    return done();
  },
});

/** Answers one information request. When the last open one is answered the clock goes on. */
export const answerRequest = command({
  name: 'vetting.answer',
  policy: isEditor,
  async run(tx, input: { requestId: string } & z.output<typeof answerForm>) {
    const request = await tx.db
      .selectFrom('information_request')
      .selectAll()
      .where('id', '=', input.requestId)
      .executeTakeFirst();
    if (!request || !isMember(tx.actor)) return refuse('not-found');
    const found = await lockCase(tx.db, request.case_id);
    if (!found || found.organisation_id !== tx.actor.organisationId) return refuse('not-found');
    const current = (await openRequests(tx.db, found.id)).find(({ id }) => id === request.id);
    if (!current || found.status !== 'waiting') return refuse('already-answered');
    const files = await ownFiles(tx, input.files);
    if (files.length !== input.files.length) return refuse('invalid', { files: 'bad-choice' });
    await tx.db
      .updateTable('information_request')
      .set({ answer: input.answer, answered_by: tx.accountId, answered_at: tx.now })
      .where('id', '=', request.id)
      .execute();
    if (files.length > 0) {
      await tx.db
        .insertInto('information_request_file')
        .values(files.map((fileId) => ({ request_id: request.id, file_id: fileId })))
        .execute();
    }
    await addEvent(tx.db, {
      case_id: found.id,
      kind: 'answered',
      by_account: tx.accountId,
      by_side: 'company',
      note: request.item,
      at: tx.now,
    });
    await tx.audit({
      action: 'vetting.answer',
      object: { kind: 'vetting_case', id: found.id },
      after: { requestId: request.id, item: request.item, files },
    });
    await resumeWhenAnswered(tx, found);
    await tx.notify({
      kind: 'vetting-information-answered',
      key: `vetting-information-answered:${request.id}`,
      to: found.assigned_to ? { accountId: found.assigned_to } : { officials: true },
      data: { nameKo: found.name_ko, nameEn: found.name_en, number: found.number },
      path: `/ministry/vetting/${found.id}`,
    });
    return done({ caseId: found.id });
  },
});

async function ownFiles(tx: WriteContext, ids: string[]): Promise<string[]> {
  if (ids.length === 0 || !isMember(tx.actor)) return [];
  const rows = await tx.db
    .selectFrom('file')
    .select('id')
    .where('id', 'in', ids)
    .where('organisation_id', '=', tx.actor.organisationId)
    // Not removed before the answer stands.
    .forKeyShare()
    .execute();
  return rows.map(({ id }) => id);
}

/** Starts the clock again when nothing is asked any more; the time it stood still is kept. */
export async function resumeWhenAnswered(
  tx: WriteContext,
  found: {
    id: string;
    allowed_days: number;
    due_at: Date;
    paused_since: Date | null;
    paused_seconds: number;
  },
): Promise<void> {
  if ((await openRequests(tx.db, found.id)).length > 0) return;
  const status = nextCaseStatus('waiting', 'resume');
  if (!status || found.paused_since === null) return;
  const clock = { allowedDays: found.allowed_days, dueAt: found.due_at, pausedSince: found.paused_since };
  await setStatus(tx.db, found.id, status, tx.now, {
    due_at: dueAfterPause(clock, tx.now),
    paused_since: null,
    paused_seconds:
      found.paused_seconds + Math.round((tx.now.getTime() - found.paused_since.getTime()) / 1000),
  });
}
