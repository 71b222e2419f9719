import { z } from 'zod';
import { isMemberOf } from '#lib/server/account/queries.ts';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { choice, optionalText, text } from '#lib/domain/form/fields.ts';
import { ANSWER_DAYS, dueAfter } from '#lib/domain/vetting/clock.ts';
import { checklistFor } from '#lib/domain/vetting/checklist.ts';
import { nextCaseStatus, type CaseAction } from '#lib/domain/vetting/status.ts';
import { FINDINGS } from '#lib/domain/vetting/vetting.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';
import { openCase, resumeWhenAnswered } from '#lib/server/vetting/commands.ts';
import {
  addEvent,
  lockCase,
  openCaseOf,
  setStatus,
  type LockedCase,
} from '#lib/server/vetting/repository.ts';

export const findingForm = z.object({
  item: text(60),
  finding: choice(FINDINGS),
  note: optionalText(2000),
  /** When the finding the form showed was written (ISO; empty for none): guards against overwriting a colleague's. */
  seen: z.string().max(40).optional(),
});
export const requestForm = z.object({ item: text(60), question: text(2000) });
export const officialCaseForm = z.object({
  organisation: z.uuid({ error: 'bad-choice' }),
  kind: choice(['suspension', 'restoration']),
});
export const assignForm = z.object({ assignee: z.uuid({ error: 'bad-choice' }) });

type ReviewRefusal = 'not-found' | 'not-allowed' | 'conflict-of-interest';

/** Locks a case for an official, who must not belong to the organisation, and checks the status table. */
export async function caseForOfficial(
  tx: WriteContext,
  caseId: string,
  action: CaseAction,
): Promise<
  { found: LockedCase; status: NonNullable<ReturnType<typeof nextCaseStatus>> } | Refused<ReviewRefusal>
> {
  const found = await lockCase(tx.db, caseId);
  if (!found || !tx.accountId) return refuse('not-found');
  if (await isMemberOf(tx.db, tx.accountId, found.organisation_id)) return refuse('conflict-of-interest');
  const status = nextCaseStatus(found.status, action);
  return status ? { found, status } : refuse('not-allowed');
}

/** Takes a case, or hands it to a colleague. */
export const assignCase = command({
  name: 'vetting.assign',
  policy: isOfficial,
  async run(tx, input: { caseId: string; assignee: string }) {
    const checked = await caseForOfficial(tx, input.caseId, 'take');
    if ('ok' in checked) return checked;
    const { found, status } = checked;
    const office = await tx.db
      .selectFrom('office')
      .select('account_id')
      .where('account_id', '=', input.assignee)
      .executeTakeFirst();
    if (!office) return refuse('invalid', { assignee: 'bad-choice' });
    if (await isMemberOf(tx.db, input.assignee, found.organisation_id)) {
      return refuse('invalid', { assignee: 'conflict-of-interest' });
    }
    await setStatus(tx.db, found.id, status, tx.now, { assigned_to: input.assignee });
    await addEvent(tx.db, {
      case_id: found.id,
      kind: 'assigned',
      by_account: tx.accountId,
      by_side: 'ministry',
      at: tx.now,
    });
    await tx.audit({
      action: 'vetting.assign',
      object: { kind: 'vetting_case', id: found.id },
      before: { assignedTo: found.assigned_to, status: found.status },
      after: { assignedTo: input.assignee, status },
    });
    return done();
  },
});

/** Writes the finding on one item of the checklist. A finding of "not met" needs a note. */
export const recordFinding = command({
  name: 'vetting.record-finding',
  policy: isOfficial,
  async run(tx, input: { caseId: string } & z.output<typeof findingForm>) {
    const checked = await caseForOfficial(tx, input.caseId, 'record-finding');
    if ('ok' in checked) return checked;
    if (input.finding === 'not-met' && input.note === '') return refuse('invalid', { note: 'required' });
    const before = await tx.db
      .selectFrom('vetting_item')
      .select(['finding', 'note', 'found_at'])
      .where('case_id', '=', input.caseId)
      .where('item', '=', input.item)
      .executeTakeFirst();
    if (!before) return refuse('not-found');
    if (input.seen !== undefined && input.seen !== (before.found_at?.toISOString() ?? ''))
      return refuse('stale');
    await tx.db
      .updateTable('vetting_item')
      .set({ finding: input.finding, note: input.note, found_by: tx.accountId, found_at: tx.now })
      .where('case_id', '=', input.caseId)
      .where('item', '=', input.item)
      .execute();
    await tx.audit({
      action: 'vetting.record-finding',
      object: { kind: 'vetting_case', id: input.caseId },
      before: { item: input.item, ...before },
      after: { item: input.item, finding: input.finding, note: input.note },
    });
    return done();
  },
});

/** Asks the organisation about one item (보완 요청). The clock stands still until all is answered. */
export const requestInformation = command({
  name: 'vetting.request-information',
  policy: isOfficial,
  async run(tx, input: { caseId: string } & z.output<typeof requestForm>) {
    const checked = await caseForOfficial(tx, input.caseId, 'request');
    if ('ok' in checked) return checked;
    const { found, status } = checked;
    if (!checklistFor(found).some(({ id }) => id === input.item))
      return refuse('invalid', { item: 'bad-choice' });
    const request = await tx.db
      .insertInto('information_request')
      .values({
        case_id: found.id,
        item: input.item,
        question: input.question,
        asked_by: tx.accountId,
        asked_at: tx.now,
        due_at: dueAfter(tx.now, ANSWER_DAYS),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await setStatus(tx.db, found.id, status, tx.now, { paused_since: found.paused_since ?? tx.now });
    await addEvent(tx.db, {
      case_id: found.id,
      kind: 'information-requested',
      by_account: tx.accountId,
      by_side: 'ministry',
      note: input.item,
      at: tx.now,
    });
    await tx.audit({
      action: 'vetting.request-information',
      object: { kind: 'vetting_case', id: found.id },
      after: { requestId: request.id, item: input.item, question: input.question },
    });
    await tx.notify({
      kind: 'vetting-information-requested',
      key: `vetting-information-requested:${request.id}`,
      to: { organisationId: found.organisation_id, roles: ['owner', 'editor'] },
      data: { number: found.number, question: input.question },
      path: found.supplier
        ? `/company/vetting/requests/${request.id}`
        : `/lead/vetting/requests/${request.id}`,
    });
    return done({ requestId: request.id });
  },
});

/** Takes back an information request that is no longer needed. */
export const withdrawRequest = command({
  name: 'vetting.withdraw-request',
  policy: isOfficial,
  async run(tx, requestId: string) {
    const request = await tx.db
      .selectFrom('information_request')
      .selectAll()
      .where('id', '=', requestId)
      .executeTakeFirst();
    if (!request) return refuse('not-found');
    const checked = await caseForOfficial(tx, request.case_id, 'resume');
    if ('ok' in checked) return checked;
    const withdrawn = await tx.db
      .updateTable('information_request')
      .set({ withdrawn_at: tx.now })
      .where('id', '=', requestId)
      .where('answered_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!withdrawn) return refuse('already-answered');
    await addEvent(tx.db, {
      case_id: request.case_id,
      kind: 'request-withdrawn',
      by_account: tx.accountId,
      by_side: 'ministry',
      note: request.item,
      at: tx.now,
    });
    await tx.audit({
      action: 'vetting.withdraw-request',
      object: { kind: 'vetting_case', id: request.case_id },
      before: { requestId, item: request.item },
    });
    await resumeWhenAnswered(tx, checked.found);
    return done();
  },
});

/** Opens a case to suspend a vetted organisation, or to restore a suspended one. */
export const openOfficialCase = command({
  name: 'vetting.open-official-case',
  policy: isOfficial,
  async run(tx, input: { organisationId: string; kind: 'suspension' | 'restoration' }) {
    const organisation = await tx.db
      .selectFrom('organisation')
      .select(['id', 'supplier', 'lead', 'standing', 'name_ko', 'name_en'])
      .where('id', '=', input.organisationId)
      .forUpdate()
      .executeTakeFirst();
    if (!organisation || !tx.accountId) return refuse('not-found');
    if (await isMemberOf(tx.db, tx.accountId, organisation.id)) return refuse('conflict-of-interest');
    if ((input.kind === 'restoration') !== (organisation.standing === 'suspended'))
      return refuse('not-allowed');
    if (await openCaseOf(tx.db, organisation.id)) return refuse('already-open');
    return done({ id: await openCase(tx, organisation.id, input.kind, organisation) });
  },
});
