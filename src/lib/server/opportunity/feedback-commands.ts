import type { Member } from '#lib/domain/account/actor.ts';
import { isEditor, isMember } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import type { FeedbackReason } from '#lib/domain/opportunity/feedback.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { isVisible } from '#lib/server/opportunity/queries.ts';
import { publishedCompany } from '#lib/server/opportunity/repository.ts';

interface Pair {
  opportunity: string;
  company: string;
}

/** May this member say something about the pair: its own company and a notice it sees, or its own notice and a company. */
async function mayJudge(tx: WriteContext, actor: Member, { opportunity, company }: Pair): Promise<boolean> {
  if (!isUuid(company) || !(await isVisible(tx, opportunity))) return false;
  if (company === actor.organisationId) return true;
  const own = await tx.db
    .selectFrom('opportunity')
    .select('id')
    .where('id', '=', opportunity)
    .where('organisation_id', '=', actor.organisationId)
    .executeTakeFirst();
  return own !== undefined && (await publishedCompany(tx.db, company)) !== null;
}

/** "Not relevant, because": takes the pair off this organisation's suggestions. Said again, the newer reason stands. */
export const sayNotRelevant = command({
  name: 'match.not-relevant',
  policy: isEditor,
  async run(tx, input: Pair & { reason: FeedbackReason; note: string }) {
    if (!isMember(tx.actor) || !(await mayJudge(tx, tx.actor, input))) return refuse('not-found');
    const values = { reason: input.reason, note: input.note, created_by: tx.accountId, created_at: tx.now };
    await tx.db
      .insertInto('match_feedback')
      .values({
        organisation_id: tx.actor.organisationId,
        opportunity_id: input.opportunity,
        company_id: input.company,
        ...values,
      })
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'opportunity_id', 'company_id']).doUpdateSet(values),
      )
      .execute();
    await tx.audit({
      action: 'match.not-relevant',
      object: { kind: 'opportunity', id: input.opportunity },
      after: { company: input.company, reason: input.reason },
    });
    return done();
  },
});

/** Takes the word back; the pair is suggested again. */
export const sayRelevantAgain = command({
  name: 'match.relevant-again',
  policy: isEditor,
  async run(tx, input: Pair) {
    if (!isMember(tx.actor) || !isUuid(input.opportunity) || !isUuid(input.company))
      return refuse('not-found');
    await tx.db
      .deleteFrom('match_feedback')
      .where('organisation_id', '=', tx.actor.organisationId)
      .where('opportunity_id', '=', input.opportunity)
      .where('company_id', '=', input.company)
      .execute();
    await tx.audit({
      action: 'match.relevant-again',
      object: { kind: 'opportunity', id: input.opportunity },
      before: { company: input.company },
    });
    return done();
  },
});
