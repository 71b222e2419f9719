import { z } from 'zod';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { choice, text } from '#lib/domain/form/fields.ts';
import { SCREENING_OUTCOMES } from '#lib/domain/vetting/vetting.ts';
import { isMemberOf } from '#lib/server/account/queries.ts';
import { dropFromTeams } from '#lib/server/engagement/team-change-commands.ts';
import { command } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { addEvent, lockCase, showStanding } from '#lib/server/vetting/repository.ts';

export const screeningForm = z.object({
  outcome: choice(SCREENING_OUTCOMES),
  /** Which list, and which entry of it. */
  list: text(300),
  /** Why the entry is, or is not, this organisation. */
  reason: text(2000),
});

/**
 * An official says whether a name on a restricted list is the organisation of a case. A confirmed hit takes it out of
 * every list of matches and out of teams that form or wait in the same moment, a clearance lets it in again; the case goes on either way. Refuses
 * `not-allowed` when nothing would change, `conflict-of-interest` for members of the organisation.
 */
export const decideScreening = command({
  name: 'vetting.screen',
  policy: isOfficial,
  async run(tx, input: { caseId: string } & z.output<typeof screeningForm>) {
    const found = await lockCase(tx.db, input.caseId);
    if (!found || !tx.accountId) return refuse('not-found');
    const { organisation_id: id, supplier } = found;
    if (await isMemberOf(tx.db, tx.accountId, id)) return refuse('conflict-of-interest');
    const { screened: before } = await tx.db
      .selectFrom('organisation')
      .select('screened')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const { caseId, outcome, list, reason } = input;
    const screened = outcome === 'confirmed';
    if (screened === before) return refuse('not-allowed');
    const row = await tx.db
      .insertInto('screening')
      .values({
        ...{ organisation_id: id, outcome, list, reason, case_id: caseId },
        ...{ decided_by: tx.accountId, decided_at: tx.now },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.db
      .updateTable('organisation')
      .set({ screened, updated_at: tx.now })
      .where('id', '=', id)
      .execute();
    await addEvent(tx.db, {
      ...{ case_id: caseId, kind: `screening-${outcome}`, by_account: tx.accountId },
      ...{ by_side: 'ministry', at: tx.now },
    });
    await showStanding(tx, { id, supplier });
    if (screened) await dropFromTeams.within(tx, id);
    await tx.audit({
      action: 'vetting.screen',
      object: { kind: 'vetting_case', id: caseId },
      before: { screened: before },
      after: { screened, outcome, list, reason, screeningId: row.id },
    });
    await tx.notify({
      kind: 'screening-decided',
      key: `screening-decided:${row.id}`,
      to: { organisationId: id },
      data: { outcome, note: `${list}. ${reason}` },
      path: supplier ? '/company/vetting' : '/lead/vetting',
    });
    return done({ screened });
  },
});
