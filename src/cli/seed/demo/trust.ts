import type { Kysely } from 'kysely';
import { actingAs } from './acting.ts';
import type { Calendar } from './days.ts';
import { must, type Stage } from './stage.ts';
import { weightsOf } from '#lib/domain/match/model-form.ts';
import { MODEL } from '#lib/domain/match/model.ts';
import { answerAppeal, writeAppeal } from '#lib/server/match/appeal-commands.ts';
import { countExposure } from '#lib/server/match/exposure-queries.ts';
import { makeModel } from '#lib/server/match/model-commands.ts';
import { explainInBoth, matchesForCompany } from '#lib/server/match/queries.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What the people of the demonstration questioned about matching, and what officials made of it. */

const ANSWERED =
  '우리 실적이 부유선별만으로 적혀 있는데, 이 공고에 맞는 여과 설비도 납품했습니다. 점수가 낮게 나온 것 같습니다.';
const ANSWER =
  '실적에는 부유선별만 적혀 있어 여과 설비로 세지 않았습니다. 여과 역량을 기업 정보에 더하고 서류를 올리면 다음 계산부터 반영됩니다. 규칙과 계산은 맞습니다.';
const OPEN = '나라 경험 항목에 인접국 실적이 반영되지 않은 것 같습니다. 확인해 주십시오.';
const MODEL_NOTE =
  '나라 경험을 지금보다 무겁게 봅니다. 현지 실적이 있는 기업을 먼저 보자는 의견이 있었습니다.';

/** After the companies and notices are there: two objections, a model that waits for a colleague, a first count. */
export async function seedTrust(
  db: Kysely<Database>,
  stage: Stage,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  const lately = calendar.moment('-3 10:15');
  const company = await actingAs(db, stage, 'company', lately);
  if (company.actor.kind !== 'member') return;
  const own = company.actor.organisationId;
  const matches = await matchesForCompany(company, own, { limit: 2, offset: 0 });
  const [first, second] = matches?.items ?? [];
  if (first !== undefined) {
    const id = await object(stage, company, calendar.moment('-15 14:00'), first.id, ANSWERED);
    await stage.later(db, async (played) => {
      const official = await played.official('official-b', calendar.moment('-11 16:30'));
      await must(answerAppeal.within(official, { id, outcome: 'kept', answer: ANSWER }));
    });
  }
  if (second !== undefined) await object(stage, company, lately, second.id, OPEN);
  const maker = await actingAs(db, stage, 'official-b', calendar.moment('-2 11:00'));
  await must(
    makeModel(maker, {
      base: MODEL.id,
      form: { ...weightsOf(MODEL), lines_country: 2, context_country: 1.2, note: MODEL_NOTE },
    }),
  );
  await countExposure(systemContext(db, 'demo', () => now));
}

/** The company objects to its result for a notice; answers the id of the objection. */
async function object(
  stage: Stage,
  ctx: Context,
  at: Date,
  opportunity: string,
  statement: string,
): Promise<string> {
  const company = ctx.actor.kind === 'member' ? ctx.actor.organisationId : '';
  const why = await explainInBoth(ctx, { opportunity, company });
  if (why === null) throw new Error('The demonstration objects to a result that it cannot see.');
  return await stage.later(ctx.db, async (played) => {
    const asked = { opportunity, company, statement, why };
    return (await must(writeAppeal.within(await played.member('company', at), asked))).id;
  });
}
