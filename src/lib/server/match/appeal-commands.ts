import { appealDue, type AppealOutcome } from '#lib/domain/match/appeal.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import { organisationOf } from '#lib/domain/account/actor.ts';
import { isEditor, isMember, isOfficial } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { companiesKeptBack, identitiesOf } from '#lib/server/company/identity-queries.ts';
import { isOfASide, questionable } from '#lib/server/match/appeal-queries.ts';
import { lockAppeal, openAppealOf, titleOf, type AppealRow } from '#lib/server/match/appeal-repository.ts';
import { refuseTold, toldByOther } from '#lib/server/opportunity/told-names.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done, refuse, type Outcome, type Refused } from '#lib/server/platform/result.ts';

export interface Objection {
  opportunity: string;
  company: string;
  statement: string;
}

/**
 * Objects to a result: the company itself or the publisher. What the organisation saw is kept with it, since companies,
 * relations and rules go on changing. Refuses `already` while an earlier objection to the pair is open.
 */
export async function openAppeal(ctx: Context, input: Objection): Promise<Outcome<{ id: string }>> {
  const why = await questionable(ctx, input);
  return why === null ? refuse('not-found') : writeAppeal(ctx, { ...input, why });
}

/** Writes an objection down beside what the organisation was shown, in the words of both languages. */
export const writeAppeal = command({
  name: 'match.appeal',
  policy: isEditor,
  async run(tx, input: Objection & { why: Record<Lang, Explanation> }) {
    if (!isMember(tx.actor)) return refuse('forbidden');
    const { opportunity, company, statement, why } = input;
    const pair = { organisationId: tx.actor.organisationId, opportunity, company };
    if (await openAppealOf(tx.db, pair)) return refuse('already');
    const row = await tx.db
      .insertInto('match_appeal')
      .values({
        organisation_id: pair.organisationId,
        opportunity_id: opportunity,
        company_id: company,
        statement,
        lang: tx.lang,
        model: why[tx.lang].model,
        score: why[tx.lang].score,
        reckoning: JSON.stringify(why),
        due: appealDue(koreanDay(tx.now)),
        opened_by: tx.accountId,
        opened_at: tx.now,
      })
      // Two clicks at once: one objection.
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) return refuse('already');
    const title = await titleOf(tx.db, opportunity);
    await tx.notify({
      kind: 'appeal-opened',
      key: `appeal-opened:${row.id}`,
      to: { officials: true },
      except: tx.accountId,
      data: { ...title, validTo: appealDue(koreanDay(tx.now)) },
      path: `/ministry/matching/appeals/${row.id}`,
    });
    await tx.audit({
      action: 'match.appeal',
      object: { kind: 'match_appeal', id: row.id },
      after: { opportunity, company, statement, model: why[tx.lang].model, score: why[tx.lang].score },
    });
    return done({ id: row.id });
  },
});

async function openAppealRow(
  tx: WriteContext,
  id: string,
  mayKnow: (row: AppealRow) => boolean,
): Promise<{ ok: true; row: AppealRow } | Refused<'not-found' | 'wrong-state'>> {
  const row = isUuid(id) ? await lockAppeal(tx.db, id) : null;
  if (row === null || !mayKnow(row)) return refuse('not-found');
  return row.status === 'open' ? { ok: true, row } : refuse('wrong-state');
}

/** Takes one's own objection back while it is open. */
export const withdrawAppeal = command({
  name: 'match.appeal-withdraw',
  policy: isEditor,
  async run(tx, { id }: { id: string }) {
    const own = organisationOf(tx.actor);
    const found = await openAppealRow(tx, id, ({ organisation_id }) => organisation_id === own);
    if (!found.ok) return found;
    await tx.db
      .updateTable('match_appeal')
      .set({ status: 'withdrawn', closed_at: tx.now })
      .where('id', '=', id)
      .execute();
    await tx.audit({ action: 'match.appeal-withdraw', object: { kind: 'match_appeal', id } });
    return done();
  },
});

/** The answer goes to one side: it does not tell it a name that the other keeps back. */
async function toldInAnswer(
  tx: WriteContext,
  row: AppealRow,
  texts: Record<string, string>,
): Promise<Refused<'invalid'> | null> {
  const { organisation_id: reader, company_id: company, opportunity_id: opportunity } = row;
  if (reader === company) return await toldByOther(tx, opportunity, null, texts, [reader]);
  const kept = await companiesKeptBack(tx.db, [company], reader);
  const hidden = await identitiesOf(
    tx.db,
    kept.filter(({ known }) => !known).map(({ id }) => id),
  );
  return refuseTold(texts, [...hidden.values()], { own: false });
}

/** Answers an objection with a reason. Refuses `invalid` when it tells a name. An official who belongs to a side of the pair leaves it to a colleague. */
export const answerAppeal = command({
  name: 'match.appeal-answer',
  policy: isOfficial,
  async run(tx, input: { id: string; outcome: AppealOutcome; answer: string }) {
    const found = await openAppealRow(tx, input.id, () => true);
    if (!found.ok) return found;
    const { row } = found;
    if (await isOfASide(tx.db, tx.accountId, row)) return refuse('conflict-of-interest');
    const told = await toldInAnswer(tx, row, { answer: input.answer });
    if (told !== null) return told;
    await tx.db
      .updateTable('match_appeal')
      .set({ status: input.outcome, answer: input.answer, answered_by: tx.accountId, closed_at: tx.now })
      .where('id', '=', row.id)
      .execute();
    await tx.notify({
      kind: 'appeal-answered',
      key: `appeal-answered:${row.id}`,
      to: { organisationId: row.organisation_id },
      except: tx.accountId,
      data: { ...(await titleOf(tx.db, row.opportunity_id)), outcome: input.outcome, note: input.answer },
      path: `/account/appeals/${row.id}`,
    });
    await tx.audit({
      action: 'match.appeal-answer',
      object: { kind: 'match_appeal', id: row.id },
      before: { status: row.status },
      after: { status: input.outcome, answer: input.answer },
    });
    return done();
  },
});
