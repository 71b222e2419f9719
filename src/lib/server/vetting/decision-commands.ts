import { z } from 'zod';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { choice, optionalDay, optionalText, text } from '#lib/domain/form/fields.ts';
import type { CompanySnapshot } from '#lib/domain/company/snapshot.ts';
import { missingForProposal, standingAfter } from '#lib/domain/vetting/decision.ts';
import { REASONS, reasonsFor, type ReasonCode } from '#lib/domain/vetting/reasons.ts';
import { OUTCOMES, type Outcome } from '#lib/domain/vetting/vetting.ts';
import { verifyCertificates } from '#lib/server/company/verify-commands.ts';
import { restoreInterests, suspendInterests } from '#lib/server/engagement/suspension-commands.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { addEvent, setStatus, showStanding, type LockedCase } from '#lib/server/vetting/repository.ts';
import { caseForOfficial } from '#lib/server/vetting/review-commands.ts';

const CODES = Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]];

export const proposalForm = z.object({
  outcome: choice(OUTCOMES),
  reason_code: choice(CODES),
  reason_ko: text(2000),
  reason_en: text(2000),
  internal_note: optionalText(4000),
  valid_to: optionalDay(),
});

/** The first person proposes. Everything on the checklist must be found first. */
export const proposeDecision = command({
  name: 'vetting.propose',
  policy: isOfficial,
  async run(tx, input: { caseId: string } & z.output<typeof proposalForm>) {
    const checked = await caseForOfficial(tx, input.caseId, 'propose');
    if ('ok' in checked) return checked;
    const { found, status } = checked;
    if (!tx.accountId) return refuse('not-found');
    const items = await tx.db
      .selectFrom('vetting_item')
      .select(['item', 'finding'])
      .where('case_id', '=', found.id)
      .execute();
    const fields = missingForProposal(
      { kind: found.kind, outcome: input.outcome, validTo: input.valid_to, today: koreanDay(tx.now) },
      items.map(({ finding }) => finding),
    );
    if (!reasonsFor(input.outcome).includes(input.reason_code)) fields.reason_code = 'bad-choice';
    if (Object.keys(fields).length > 0) return refuse('invalid', fields);
    const decision = await tx.db
      .insertInto('vetting_decision')
      .values({
        case_id: found.id,
        outcome: input.outcome,
        reason_code: input.reason_code,
        reason_ko: input.reason_ko,
        reason_en: input.reason_en,
        internal_note: input.internal_note,
        valid_to: input.outcome === 'vetted' || input.outcome === 'restored' ? input.valid_to : null,
        proposed_by: tx.accountId,
        proposed_at: tx.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await setStatus(tx.db, found.id, status, tx.now);
    await addEvent(tx.db, {
      case_id: found.id,
      kind: 'proposed',
      by_account: tx.accountId,
      by_side: 'ministry',
      at: tx.now,
    });
    await tx.audit({
      action: 'vetting.propose',
      object: { kind: 'vetting_case', id: found.id },
      after: { decisionId: decision.id, ...input },
    });
    await tx.notify({
      kind: 'vetting-proposed',
      key: `vetting-proposed:${decision.id}`,
      to: { officials: true },
      except: tx.accountId,
      data: { nameKo: found.name_ko, nameEn: found.name_en, number: found.number, outcome: input.outcome },
      path: `/ministry/vetting/${found.id}`,
    });
    return done({ decisionId: decision.id });
  },
});

/** The proposal that waits, if it is the one the second person has read and not their own. */
async function proposalRead(tx: WriteContext, found: LockedCase, decisionId: string) {
  const decision = await tx.db
    .selectFrom('vetting_decision')
    .selectAll()
    .where('case_id', '=', found.id)
    .where('confirmed_at', 'is', null)
    .where('returned_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!decision || decision.id !== decisionId) return refuse('not-allowed');
  return decision.proposed_by === tx.accountId ? refuse('same-person') : { decision };
}

/** Which proposal the second person has read: a later one of the same case is not confirmed unseen. */
interface SecondPerson {
  caseId: string;
  decisionId: string;
}

/** The second person returns the proposal with a note. */
export const returnProposal = command({
  name: 'vetting.return',
  policy: isOfficial,
  async run(tx, input: SecondPerson & { note: string }) {
    const checked = await caseForOfficial(tx, input.caseId, 'return');
    if ('ok' in checked) return checked;
    const { found, status } = checked;
    const read = await proposalRead(tx, found, input.decisionId);
    if ('ok' in read) return read;
    const { decision } = read;
    await tx.db
      .updateTable('vetting_decision')
      .set({ returned_by: tx.accountId, returned_at: tx.now, return_note: input.note })
      .where('id', '=', decision.id)
      .execute();
    await setStatus(tx.db, found.id, status, tx.now);
    await addEvent(tx.db, {
      case_id: found.id,
      kind: 'returned',
      by_account: tx.accountId,
      by_side: 'ministry',
      note: input.note,
      at: tx.now,
    });
    await tx.audit({
      action: 'vetting.return',
      object: { kind: 'vetting_case', id: found.id },
      before: { decisionId: decision.id, outcome: decision.outcome },
      after: { note: input.note },
    });
    await tx.notify({
      kind: 'vetting-returned',
      key: `vetting-returned:${decision.id}`,
      to: { accountId: decision.proposed_by },
      data: { nameKo: found.name_ko, nameEn: found.name_en, number: found.number, note: input.note },
      path: `/ministry/vetting/${found.id}`,
    });
    return done();
  },
});

/** The second person confirms: the outcome shows everywhere at once. The database refuses the proposer. */
export const confirmDecision = command({
  name: 'vetting.confirm',
  policy: isOfficial,
  async run(tx, input: SecondPerson) {
    const checked = await caseForOfficial(tx, input.caseId, 'confirm');
    if ('ok' in checked) return checked;
    const { found, status } = checked;
    const read = await proposalRead(tx, found, input.decisionId);
    if ('ok' in read) return read;
    const { decision } = read;
    if (decision.valid_to !== null && decision.valid_to <= koreanDay(tx.now)) return refuse('validity-past');
    await tx.db
      .updateTable('vetting_decision')
      .set({ confirmed_by: tx.accountId, confirmed_at: tx.now })
      .where('id', '=', decision.id)
      .execute();
    await setStatus(tx.db, found.id, status, tx.now, { decided_at: tx.now });
    await addEvent(tx.db, {
      case_id: found.id,
      kind: `decided-${decision.outcome}`,
      by_account: tx.accountId,
      by_side: 'ministry',
      at: tx.now,
    });
    await applyOutcome(tx, found, decision);
    await tx.audit({
      action: 'vetting.confirm',
      object: { kind: 'vetting_case', id: found.id },
      before: { status: found.status, standing: found.standing },
      after: { decisionId: decision.id, outcome: decision.outcome, validTo: decision.valid_to },
    });
    await tx.notify({
      kind: 'vetting-decided',
      key: `vetting-decided:${decision.id}`,
      to: { organisationId: found.organisation_id },
      data: {
        outcome: decision.outcome,
        validTo: decision.valid_to ?? '',
        reasonKo: decision.reason_ko,
        reasonEn: decision.reason_en,
      },
      path: found.supplier ? '/company/vetting' : '/lead/vetting',
    });
    return done({ outcome: decision.outcome });
  },
});

/** Sets the organisation's standing and carries it to search, matching and live expressions of interest. */
async function applyOutcome(
  tx: WriteContext,
  found: LockedCase,
  decision: { outcome: Outcome; valid_to: string | null },
): Promise<void> {
  const vetted = decision.outcome === 'vetted' || decision.outcome === 'restored';
  await tx.db
    .updateTable('organisation')
    .set({
      standing: standingAfter(decision.outcome),
      updated_at: tx.now,
      ...(vetted
        ? { vetted_until: decision.valid_to, vetted_at: tx.now, vetted_version: found.snapshot_version }
        : {}),
    })
    .where('id', '=', found.organisation_id)
    .execute();
  if (vetted && found.supplier) await verifySubmittedCertificates(tx, found);
  await showStanding(tx, { id: found.organisation_id, supplier: found.supplier });
  const wasSuspended = found.standing === 'suspended';
  if (decision.outcome === 'suspended' && !wasSuspended)
    await suspendInterests.within(tx, found.organisation_id);
  if (vetted && wasSuspended) await restoreInterests.within(tx, found.organisation_id);
}

/** What was found on certificates holds for those that were submitted. */
async function verifySubmittedCertificates(tx: WriteContext, found: LockedCase): Promise<void> {
  const item = await tx.db
    .selectFrom('vetting_item as i')
    .innerJoin('vetting_case as c', 'c.id', 'i.case_id')
    .select(['i.finding', 'c.snapshot'])
    .where('i.case_id', '=', found.id)
    .where('i.item', '=', 'certificates')
    .executeTakeFirst();
  if (item?.finding !== 'met') return;
  const { certifications } = item.snapshot as CompanySnapshot;
  await verifyCertificates.within(tx, { organisationId: found.organisation_id, submitted: certifications });
}
